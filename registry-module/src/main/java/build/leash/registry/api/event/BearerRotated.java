package build.leash.registry.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Slug;
import build.leash.access.api.event.EventName;
import build.leash.registry.api.McpServerId;
import build.leash.secrets.api.SecretRef;
import org.axonframework.serialization.Revision;

/**
 * A server's bearer was replaced, or given to it for the first time.
 */
@EventName("registry.bearer-rotated")
@Revision("1")
public record BearerRotated(McpServerId serverId, OrganizationId organizationId, Slug slug, SecretRef bearer,
        long version)
        implements
            RegistryEvent {}
