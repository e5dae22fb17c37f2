package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.WrappedKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes {@code secrets.data_key}: data keys, wrapped. */
final class StoredDataKeys {

    private final JdbcClient jdbc;

    StoredDataKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Stored(UUID id, WrappedKey wrapped) {}

    /** The key with which the organization's secrets are sealed now. */
    Optional<Stored> current(OrganizationId organization) {
        return jdbc.sql("select * from secrets.data_key where organization_id = ? and current")
                .param(organization.value()).query(StoredDataKeys::stored).optional();
    }

    Optional<Stored> find(OrganizationId organization, UUID id) {
        return jdbc.sql("select * from secrets.data_key where organization_id = ? and id = ?")
                .params(organization.value(), id).query(StoredDataKeys::stored).optional();
    }

    /** Makes a key the current one, unless another node was faster. */
    void addIfNoneIsCurrent(OrganizationId organization, String provider, Stored key) {
        jdbc.sql("""
                insert into secrets.data_key
                  (id, organization_id, provider, key_name, key_version, wrapped, created_at, current)
                values (?, ?, ?, ?, ?, ?, now(), true)
                on conflict (organization_id) where current do nothing
                """).params(key.id(), organization.value(), provider, key.wrapped().keyName(),
                key.wrapped().keyVersion(), key.wrapped().ciphertext()).update();
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        return new Stored(row.getObject("id", UUID.class),
                new WrappedKey(row.getString("key_name"), row.getString("key_version"), row.getBytes("wrapped")));
    }
}
