package build.leash.access.organization;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import build.leash.access.api.Role;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record ChangeMemberRole(@TargetAggregateIdentifier OrganizationId organizationId, PersonId person, Role role) {}
