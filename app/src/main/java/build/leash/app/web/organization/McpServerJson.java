package build.leash.app.web.organization;

import build.leash.access.api.Slug;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.McpServerView;
import build.leash.registry.api.StaticHeader;
import build.leash.registry.api.Transport;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server as the write side shows it. A secret header shows as {@code {"secret": true}}. */
record McpServerJson(McpServerId id, Slug slug, String displayName, String url, Transport transport, Auth auth,
        Map<String, Object> headers, long version, Instant registeredAt, String registeredBy, Instant changedAt,
        String changedBy, @Nullable Instant lastFetchedAt) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Auth(String type, @Nullable Long version, @Nullable Instant rotatedAt, @Nullable String rotatedBy,
            @Nullable Instant lastFetchedAt) {}

    static McpServerJson of(McpServerView server, @Nullable Instant lastFetchedAt) {
        return new McpServerJson(server.id(), server.slug(), server.displayName(), server.url().value(),
                server.transport(), auth(server, lastFetchedAt), headers(server), server.version(),
                server.registeredAt(), server.registeredBy(), server.changedAt(), server.changedBy(), lastFetchedAt);
    }

    private static Auth auth(McpServerView server, @Nullable Instant lastFetchedAt) {
        McpServerView.BearerView bearer = server.bearer();
        return bearer == null
                ? new Auth("none", null, null, null, null)
                : new Auth("bearer", bearer.version(), bearer.rotatedAt(), bearer.rotatedBy(), lastFetchedAt);
    }

    private static Map<String, Object> headers(McpServerView server) {
        Map<String, Object> headers = new LinkedHashMap<>();
        for (StaticHeader header : server.headers()) {
            headers.put(header.name().value(), header.value() == null ? Map.of("secret", true) : header.value());
        }
        return headers;
    }
}
