package build.leash.access.organization;

import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record FoundOrganization(@TargetAggregateIdentifier OrganizationId organizationId, DisplayName name, PersonId owner) {}
