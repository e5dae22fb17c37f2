package build.leash.access.api.event;

import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import org.axonframework.serialization.Revision;

/** An organization came into being. */
@EventName("access.organization-founded")
@Revision("1")
public record OrganizationFounded(OrganizationId organizationId, DisplayName name) implements AccessEvent {}
