package build.leash.access.api.event;

import build.leash.access.api.InvitationId;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Role;
import org.axonframework.serialization.Revision;

/** Somebody was invited to become a member; who it is stays outside the log. */
@EventName("access.member-invited")
@Revision("1")
public record MemberInvited(OrganizationId organizationId, InvitationId invitationId,
        Role role) implements AccessEvent {}
