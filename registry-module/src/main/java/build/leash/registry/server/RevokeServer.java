package build.leash.registry.server;

import build.leash.registry.api.McpServerId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

record RevokeServer(@TargetAggregateIdentifier McpServerId serverId, @Nullable Long expectedVersion) {}
