package build.leash.secrets.env;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretRef;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record HoldFirst(@TargetAggregateIdentifier EnvEntryId id, OrganizationId organizationId, SecretRef value) {}
