package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.WrappedKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes {@code secrets.data_key}. */
final class PostgresDataKeys implements StoredDataKeys {

    private final JdbcClient jdbc;

    PostgresDataKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Stored> current(OrganizationId organization) {
        return jdbc.sql("select * from secrets.data_key where organization_id = ? and current")
                .param(organization.value()).query(PostgresDataKeys::stored).optional();
    }

    @Override
    public Optional<Stored> find(OrganizationId organization, UUID id) {
        return jdbc.sql("select * from secrets.data_key where organization_id = ? and id = ?")
                .params(organization.value(), id).query(PostgresDataKeys::stored).optional();
    }

    @Override
    public void addIfNoneIsCurrent(OrganizationId organization, Stored key, long generation) {
        add(organization, key, generation);
    }

    @Override
    public boolean succeed(OrganizationId organization, UUID old, Stored key, long generation) {
        if (!isStill(organization, key, generation)) {
            return false;
        }
        int ended = jdbc.sql("""
                update secrets.data_key set current = false, retired_at = now()
                where organization_id = ? and id = ? and current
                """).params(organization.value(), old).update();
        return ended == 1 && add(organization, key, generation);
    }

    /** A job that was overtaken by a later one wraps nothing back. Lets nobody change it until this is committed. */
    private boolean isAssigned(OrganizationId organization, String provider, String keyName) {
        return jdbc.sql("""
                select 1 from secrets.encryption_key
                where organization_id = ? and provider = ? and key_name = ? and state = 'current' for share
                """).params(organization.value(), provider, keyName).query(Integer.class).optional().isPresent();
    }

    /** Lets nobody change the assignment until the key is committed. */
    private boolean isStill(OrganizationId organization, Stored key, long generation) {
        return jdbc.sql("""
                select 1 from secrets.encryption_key
                where organization_id = ? and provider = ? and key_name = ? and state = 'current' and generation = ?
                for share
                """).params(organization.value(), key.provider(), key.wrapped().keyName(), generation)
                .query(Integer.class).optional().isPresent();
    }

    /** Later than every other one of the organization by what is stored, whatever the nodes' clocks say. */
    private boolean add(OrganizationId organization, Stored key, long generation) {
        return isStill(organization, key, generation) && jdbc.sql("""
                insert into secrets.data_key
                  (id, organization_id, provider, key_name, key_version, wrapped, created_at, current, seals)
                select ?, ?, ?, ?, ?, ?, greatest(?, max(created_at) + interval '1 microsecond'), true, ?
                from secrets.data_key where organization_id = ?
                on conflict (organization_id) where current do nothing
                """).params(key.id(), organization.value(), key.provider(), key.wrapped().keyName(),
                key.wrapped().keyVersion(), key.wrapped().ciphertext(),
                OffsetDateTime.ofInstant(key.createdAt(), ZoneOffset.UTC), key.seals(), organization.value())
                .update() == 1;
    }

    @Override
    public boolean rewrap(OrganizationId organization, Stored old, String provider, WrappedKey wrapped) {
        return isAssigned(organization, provider, wrapped.keyName()) && jdbc.sql("""
                update secrets.data_key set provider = ?, key_name = ?, key_version = ?, wrapped = ?
                where organization_id = ? and id = ? and wrapped = ?
                """).params(provider, wrapped.keyName(), wrapped.keyVersion(), wrapped.ciphertext(),
                organization.value(), old.id(), old.wrapped().ciphertext()).update() == 1;
    }

    @Override
    public void addSeals(OrganizationId organization, UUID id, int seals) {
        jdbc.sql("update secrets.data_key set seals = seals + ? where organization_id = ? and id = ?")
                .params(seals, organization.value(), id).update();
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        return new Stored(row.getObject("id", UUID.class), row.getString("provider"),
                new WrappedKey(row.getString("key_name"), row.getString("key_version"), row.getBytes("wrapped")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("seals"));
    }
}
