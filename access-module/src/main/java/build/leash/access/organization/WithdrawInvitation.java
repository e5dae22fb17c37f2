package build.leash.access.organization;

import build.leash.access.api.InvitationId;
import build.leash.access.api.OrganizationId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record WithdrawInvitation(@TargetAggregateIdentifier OrganizationId organizationId, InvitationId invitationId) {}
