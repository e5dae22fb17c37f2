package build.leash.registry.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Slug;
import build.leash.access.api.event.EventName;
import build.leash.registry.api.McpServerId;
import org.axonframework.serialization.Revision;

/**
 * A server was ended; its slug is free.
 */
@EventName("registry.mcp-server-revoked")
@Revision("1")
public record McpServerRevoked(McpServerId serverId, OrganizationId organizationId, Slug slug, long version)
        implements
            RegistryEvent {}
