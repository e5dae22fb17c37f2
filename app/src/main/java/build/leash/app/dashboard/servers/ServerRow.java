package build.leash.app.dashboard.servers;

import build.leash.registry.api.McpServerView;
import build.leash.registry.api.McpServerView.BearerView;
import build.leash.registry.api.StaticHeader;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server as lists and pages show it.
 *
 * @param auth {@code none} or {@code bearer}
 * @param etag the version that a command is about
 */
public record ServerRow(String slug, String name, String url, String host, String transport, String auth, long version,
        String etag, @Nullable Long bearerVersion, @Nullable Instant rotatedAt, @Nullable String rotatedBy,
        @Nullable Instant lastFetchedAt, Instant changedAt, String changedBy, List<StaticHeader> headers) {

    static ServerRow of(McpServerView server, Map<String, String> names, @Nullable Instant lastFetchedAt) {
        BearerView bearer = server.bearer();
        return new ServerRow(server.slug().value(), server.displayName(), server.url().value(),
                URI.create(server.url().value()).getAuthority(), server.transport().toString(),
                bearer == null ? "none" : "bearer", server.version(), server.serverVersion().toString(),
                bearer == null ? null : bearer.version(), bearer == null ? null : bearer.rotatedAt(),
                bearer == null ? null : names.get(bearer.rotatedBy()), lastFetchedAt, server.changedAt(),
                names.getOrDefault(server.changedBy(), ""), server.headers());
    }
}
