package build.leash.registry.server;

import build.leash.access.api.DisplayName;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.StaticHeader;
import build.leash.registry.api.Transport;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Null leaves a thing as it is. */
record ChangeMcpServer(@TargetAggregateIdentifier McpServerId serverId, @Nullable DisplayName displayName,
        @Nullable HttpsUrl url, @Nullable Transport transport, @Nullable List<StaticHeader> headers,
        @Nullable Long expectedVersion) {}
