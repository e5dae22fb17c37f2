package build.leash.registry.api.event;

import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Slug;
import build.leash.access.api.event.EventName;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.StaticHeader;
import build.leash.registry.api.Transport;
import build.leash.secrets.api.SecretRef;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server was registered.
 *
 * @param bearer null if it wants none
 */
@EventName("registry.mcp-server-registered")
@Revision("1")
public record McpServerRegistered(McpServerId serverId, OrganizationId organizationId, Slug slug,
        DisplayName displayName, HttpsUrl url, Transport transport, @Nullable SecretRef bearer,
        List<StaticHeader> headers, long version)
        implements
            RegistryEvent {}
