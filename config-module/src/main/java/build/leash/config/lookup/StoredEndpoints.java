package build.leash.config.lookup;

import build.leash.access.api.OrganizationId;
import build.leash.registry.api.HeadersJson;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.Transport;
import build.leash.secrets.api.SecretRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code config.endpoint}. */
final class StoredEndpoints {

    private final JdbcClient jdbc;

    StoredEndpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One look-up by primary key. */
    Optional<StoredEndpoint> find(OrganizationId organization, String slug) {
        return jdbc.sql("select * from config.endpoint where organization_id = ? and slug = ?")
                .params(organization.value(), slug).query(StoredEndpoints::endpoint).optional();
    }

    private static StoredEndpoint endpoint(ResultSet row, int number) throws SQLException {
        return new StoredEndpoint(McpServerId.of(row.getString("server_id")), row.getLong("version"),
                row.getString("slug"), row.getString("display_name"), row.getString("url"),
                Transport.of(row.getString("transport")), bearer(row),
                HeadersJson.read(row.getString("headers")));
    }

    private static @Nullable SecretRef bearer(ResultSet row) throws SQLException {
        UUID id = row.getObject("bearer_id", UUID.class);
        return id == null ? null : new SecretRef(id, row.getLong("bearer_version"));
    }
}
