package build.leash.access.organization;

import build.leash.access.api.InvitationId;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record AcceptInvitation(@TargetAggregateIdentifier OrganizationId organizationId, InvitationId invitationId,
        PersonId person) {}
