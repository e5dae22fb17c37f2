package build.leash.access.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import org.axonframework.serialization.Revision;

/** A person is a member no longer. */
@EventName("access.member-removed")
@Revision("1")
public record MemberRemoved(OrganizationId organizationId, PersonId personId) implements AccessEvent {}
