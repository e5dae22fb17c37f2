package build.leash.registry.server;

import build.leash.registry.api.McpServerId;
import build.leash.secrets.api.SecretRef;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

record RotateBearer(@TargetAggregateIdentifier McpServerId serverId, SecretRef bearer,
        @Nullable Long expectedVersion) {}
