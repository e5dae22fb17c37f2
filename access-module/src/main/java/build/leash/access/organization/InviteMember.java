package build.leash.access.organization;

import build.leash.access.api.InvitationId;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Role;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record InviteMember(@TargetAggregateIdentifier OrganizationId organizationId, InvitationId invitationId, Role role) {}
