package build.leash.access.organization;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record RemoveMember(@TargetAggregateIdentifier OrganizationId organizationId, PersonId person) {}
