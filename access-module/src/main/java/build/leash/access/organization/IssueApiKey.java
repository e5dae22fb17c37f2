package build.leash.access.organization;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.OrganizationId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** @param sha256 64 hexadecimal digits */
public record IssueApiKey(@TargetAggregateIdentifier OrganizationId organizationId, ApiKeyId keyId,
        ApiKeyRequest request, String sha256) {}
