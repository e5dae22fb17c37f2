package build.leash.access.organization;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.OrganizationId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

public record RevokeApiKey(@TargetAggregateIdentifier OrganizationId organizationId, ApiKeyId keyId) {}
