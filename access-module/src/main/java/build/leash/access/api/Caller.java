package build.leash.access.api;

/**
 * Somebody who was recognized, acting for one organization in one request. Every façade that changes something takes
 * one, and asks it, and nothing else, what it may do.
 *
 * @param organization the only organization whose things the call can see
 * @param requestId the id that the answer carries as {@code X-Request-Id} and every event in its metadata
 */
public record Caller(OrganizationId organization, Actor actor, Role role, String requestId) {

    /** @throws Rejected with {@link AccessRejection#FORBIDDEN} if the role does not allow it */
    public void mustBeAllowedTo(Permission permission) {
        if (!role.may(permission)) {
            throw new Rejected(AccessRejection.FORBIDDEN,
                    "The role " + role + " does not allow this. Ask an owner of the organization.");
        }
    }
}
