package build.leash.access.apikey;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.KnownKey;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.PlainApiKey;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every key that was ever issued, in {@code access.api_key} or {@code access.revoked_key}. */
final class KnownKeys {

    private final JdbcClient jdbc;

    KnownKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<KnownKey> find(PlainApiKey key) {
        return jdbc.sql("""
                select id, organization_id from access.api_key where sha256 = :sha256
                union all select id, organization_id from access.revoked_key where sha256 = :sha256
                """).param("sha256", key.sha256())
                .query((row, number) -> new KnownKey(ApiKeyId.of(row.getString(1)),
                        OrganizationId.of(row.getString(2))))
                .optional();
    }
}
