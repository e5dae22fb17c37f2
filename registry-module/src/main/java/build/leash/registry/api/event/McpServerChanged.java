package build.leash.registry.api.event;

import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Slug;
import build.leash.access.api.event.EventName;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.StaticHeader;
import build.leash.registry.api.Transport;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * A server's endpoint became different. Holds all of it, as it is from then on.
 */
@EventName("registry.mcp-server-changed")
@Revision("1")
public record McpServerChanged(McpServerId serverId, OrganizationId organizationId, Slug slug, DisplayName displayName,
        HttpsUrl url, Transport transport, List<StaticHeader> headers, long version)
        implements
            RegistryEvent {}
