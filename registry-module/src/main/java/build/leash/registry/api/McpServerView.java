package build.leash.registry.api;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Slug;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered server, without its secrets.
 *
 * @param bearer null if it wants none
 * @param version 1 after registering, and one more with every change
 */
public record McpServerView(McpServerId id, OrganizationId organization, Slug slug, String displayName, HttpsUrl url,
        Transport transport, @Nullable BearerView bearer, List<StaticHeader> headers, long version,
        Instant registeredAt, String registeredBy, Instant changedAt, String changedBy) {

    /** @param version the server's version with which this bearer came */
    public record BearerView(long version, Instant rotatedAt, String rotatedBy) {}

    public ServerVersion serverVersion() {
        return new ServerVersion(id, version);
    }
}
