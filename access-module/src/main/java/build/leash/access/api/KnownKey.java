package build.leash.access.api;

/** An API key that was issued here, in force or not. Opens nothing: it says whose attempt was turned down. */
public record KnownKey(ApiKeyId id, OrganizationId organization) {

    public static KnownKey of(AppKey key) {
        return new KnownKey(key.id(), key.organization());
    }

    public static KnownKey of(ManagementKey key) {
        return new KnownKey(key.id(), key.organization());
    }
}
