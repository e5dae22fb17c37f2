package build.leash.registry.api.event;

import build.leash.access.api.Slug;
import build.leash.access.api.event.RecordedEvent;
import build.leash.registry.api.McpServerId;

/** What happened to an MCP server. */
public sealed interface RegistryEvent extends RecordedEvent
        permits McpServerRegistered, McpServerChanged, BearerRotated, McpServerRevoked {

    McpServerId serverId();

    Slug slug();

    /** The server's version after the event. */
    long version();
}
