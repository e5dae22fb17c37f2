package build.leash.access.api.event;

import build.leash.access.api.InvitationId;
import build.leash.access.api.OrganizationId;
import org.axonframework.serialization.Revision;

/** An invitation was taken back. */
@EventName("access.invitation-withdrawn")
@Revision("1")
public record InvitationWithdrawn(OrganizationId organizationId, InvitationId invitationId) implements AccessEvent {}
