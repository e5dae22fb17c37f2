package build.leash.registry.server;

import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Slug;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.StaticHeader;
import build.leash.registry.api.Transport;
import build.leash.secrets.api.SecretRef;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

record RegisterMcpServer(@TargetAggregateIdentifier McpServerId serverId, OrganizationId organizationId, Slug slug,
        DisplayName displayName, HttpsUrl url, Transport transport, @Nullable SecretRef bearer,
        List<StaticHeader> headers) {}
