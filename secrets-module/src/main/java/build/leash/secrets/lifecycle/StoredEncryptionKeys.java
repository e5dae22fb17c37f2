package build.leash.secrets.lifecycle;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.KeyOrigin;
import build.leash.secrets.sealing.AssignedKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code secrets.encryption_key}, and what hangs on it. */
final class StoredEncryptionKeys {

    private final JdbcClient jdbc;

    StoredEncryptionKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A key that an organization has or had. */
    record Row(AssignedKey key, KeyOrigin origin, String state, long generation, Instant assignedAt) {

        boolean isShredded() {
            return state.equals("shredded");
        }
    }

    /** How many data keys are wrapped under a version of the present key. */
    record Wrapped(String version, long dataKeys) {}

    /** What a shred destroyed. */
    record Destroyed(long dataKeys, long secrets) {}

    /** The present key, or the last one of a shredded organization. */
    Optional<Row> find(OrganizationId organization) {
        return jdbc.sql("""
                select * from secrets.encryption_key where organization_id = ? and state <> 'former'
                order by assigned_at desc, key_name limit 1
                """).param(organization.value()).query(StoredEncryptionKeys::row).optional();
    }

    /** Keys that were made for an organization that is shredded. */
    List<Row> toDestroy(OrganizationId organization) {
        return jdbc.sql("""
                select * from secrets.encryption_key
                where organization_id = ? and state = 'shredded' and origin = 'made' order by provider, key_name
                """).param(organization.value()).query(StoredEncryptionKeys::row).list();
    }

    /** The key under which the current data key is wrapped. */
    Optional<AssignedKey> ofCurrentDataKey(OrganizationId organization) {
        return jdbc.sql("select provider, key_name from secrets.data_key where organization_id = ? and current")
                .param(organization.value())
                .query((row, number) -> new AssignedKey(row.getString(1), row.getString(2))).optional();
    }

    /** The data keys, from the given one on, that are not wrapped as they should be. */
    List<UUID> notWrappedBy(OrganizationId organization, AssignedKey key, @Nullable String version, UUID after,
            int limit) {
        return jdbc.sql("""
                select id from secrets.data_key
                where organization_id = :organization and id > :after
                  and not (provider = :provider and key_name = :key
                           and (:version::text is null or key_version = :version))
                order by id limit :limit
                """).param("organization", organization.value()).param("after", after)
                .param("provider", key.provider()).param("key", key.keyName()).param("version", version)
                .param("limit", limit).query((row, number) -> row.getObject(1, UUID.class)).list();
    }

    List<Wrapped> wrappedUnder(OrganizationId organization, AssignedKey key) {
        return jdbc.sql("""
                select key_version, count(*) as data_keys from secrets.data_key
                where organization_id = ? and provider = ? and key_name = ? group by key_version
                order by length(key_version) desc, key_version desc
                """).params(organization.value(), key.provider(), key.keyName())
                .query((row, number) -> new Wrapped(row.getString(1), row.getLong(2))).list();
    }

    long dataKeys(OrganizationId organization) {
        return jdbc.sql("select count(*) from secrets.data_key where organization_id = ?")
                .param(organization.value()).query(Long.class).single();
    }

    long secrets(OrganizationId organization) {
        return jdbc.sql("select count(*) from secrets.sealed_secret where organization_id = ?")
                .param(organization.value()).query(Long.class).single();
    }

    /**
     * Deletes all that is sealed and all that it was sealed with. Waits for the writes that are under way, and lets no
     * further one begin: those need a data key's row.
     */
    Destroyed destroyAll(OrganizationId organization) {
        jdbc.sql("select 1 from secrets.encryption_key where organization_id = ? for update")
                .param(organization.value()).query(Integer.class).list();
        jdbc.sql("select 1 from secrets.data_key where organization_id = ? for update")
                .param(organization.value()).query(Integer.class).list();
        int secrets = jdbc.sql("delete from secrets.sealed_secret where organization_id = ?")
                .param(organization.value()).update();
        int dataKeys = jdbc.sql("delete from secrets.data_key where organization_id = ?")
                .param(organization.value()).update();
        return new Destroyed(dataKeys, secrets);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(new AssignedKey(row.getString("provider"), row.getString("key_name")),
                KeyOrigin.of(row.getString("origin")), row.getString("state"), row.getLong("generation"),
                row.getObject("assigned_at", OffsetDateTime.class).toInstant());
    }
}
