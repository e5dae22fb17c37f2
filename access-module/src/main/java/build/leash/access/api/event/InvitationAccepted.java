package build.leash.access.api.event;

import build.leash.access.api.InvitationId;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import org.axonframework.serialization.Revision;

/** An invitation was accepted by the person it was for, who becomes a member by it. */
@EventName("access.invitation-accepted")
@Revision("1")
public record InvitationAccepted(OrganizationId organizationId, InvitationId invitationId,
        PersonId personId) implements AccessEvent {}
