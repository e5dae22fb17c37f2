package build.leash.app.audit.readlog;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.OrganizationId;
import build.leash.registry.api.McpServerId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When something was last read, as the read log tells; a second behind at most, and kept longer than the log itself. */
public final class LastReads {

    private final JdbcClient jdbc;

    LastReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** When each of these servers was last handed off; without those that never were. */
    public Map<McpServerId, Instant> fetched(OrganizationId organization, Collection<McpServerId> servers) {
        Map<McpServerId, Instant> found = new HashMap<>();
        jdbc.sql("select server_id, at from audit.last_fetch where organization_id = ? and server_id = any(?)")
                .params(organization.value(), servers.stream().map(McpServerId::value).toArray(UUID[]::new))
                .query(row -> {
                    found.put(McpServerId.of(row.getString(1)), row.getObject(2, OffsetDateTime.class).toInstant());
                });
        return Map.copyOf(found);
    }

    /** When each of these keys was last presented, also if it was refused; without those that never were. */
    public Map<ApiKeyId, Instant> used(Collection<ApiKeyId> keys) {
        Map<ApiKeyId, Instant> found = new HashMap<>();
        jdbc.sql("select key_id, at from audit.last_use where key_id = any(?)")
                .param(keys.stream().map(ApiKeyId::value).toArray(UUID[]::new)).query(row -> {
                    found.put(ApiKeyId.of(row.getString(1)), row.getObject(2, OffsetDateTime.class).toInstant());
                });
        return Map.copyOf(found);
    }
}
