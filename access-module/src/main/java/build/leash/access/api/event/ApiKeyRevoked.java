package build.leash.access.api.event;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.OrganizationId;
import org.axonframework.serialization.Revision;

/** An API key was ended before its time. */
@EventName("access.api-key-revoked")
@Revision("1")
public record ApiKeyRevoked(OrganizationId organizationId, ApiKeyId keyId) implements AccessEvent {}
