package build.leash.access.api;

/** A management key, recognized and valid at the moment of asking. */
public record ManagementKey(ApiKeyId id, OrganizationId organization, Role role) {

    public Caller as(String requestId) {
        return new Caller(organization, Actor.apiKey(id), role, requestId);
    }
}
