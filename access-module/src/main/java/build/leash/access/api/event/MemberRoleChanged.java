package build.leash.access.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import build.leash.access.api.Role;
import org.axonframework.serialization.Revision;

/** A member got another role. */
@EventName("access.member-role-changed")
@Revision("1")
public record MemberRoleChanged(OrganizationId organizationId, PersonId personId, Role from,
        Role to) implements AccessEvent {}
