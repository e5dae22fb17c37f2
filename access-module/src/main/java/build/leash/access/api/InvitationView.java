package build.leash.access.api;

import java.time.Instant;

/**
 * An invitation that is neither accepted nor withdrawn nor expired.
 *
 * @param invitedBy the actor
 */
public record InvitationView(InvitationId id, OrganizationId organization, String organizationName,
        EmailAddress email, Role role, String invitedBy, Instant expiresAt) {}
