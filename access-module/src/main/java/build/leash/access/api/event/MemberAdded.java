package build.leash.access.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import build.leash.access.api.Role;
import org.axonframework.serialization.Revision;

/** A person became a member. */
@EventName("access.member-added")
@Revision("1")
public record MemberAdded(OrganizationId organizationId, PersonId personId, Role role) implements AccessEvent {}
