package build.leash.secrets.lifecycle;

import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.EncryptionKeyView;
import build.leash.secrets.sealing.AssignedKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes {@code secrets.job}. The database's clock is the only one that counts for leases. */
final class StoredJobs {

    private final JdbcClient jdbc;

    StoredJobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Another node has the job, or it is over. */
    static final class LeaseLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LeaseLost() {
            super("The lease of a job was lost", null, false, false);
        }
    }

    void startRewrap(Caller caller, AssignedKey key, @Nullable String version, boolean rotates) {
        start(caller, Job.Kind.REWRAP, key, version, rotates);
    }

    void start(Caller caller, Job.Kind kind) {
        start(caller, kind, null, null, false);
    }

    /** Ends what runs, because something later makes it pointless. */
    void supersede(OrganizationId organization) {
        jdbc.sql("""
                update secrets.job set state = 'superseded', finished_at = now()
                where organization_id = ? and state = 'running'
                """).param(organization.value()).update();
    }

    private void start(Caller caller, Job.Kind kind, @Nullable AssignedKey key, @Nullable String version,
            boolean rotates) {
        jdbc.sql("""
                update secrets.job set state = 'superseded', finished_at = now()
                where organization_id = ? and kind = ? and state = 'running'
                """).params(caller.organization().value(), kind.toString()).update();
        jdbc.sql("""
                insert into secrets.job (id, organization_id, kind, state, provider, key_name, key_version, rotates,
                  actor, request_id, requested_at, due_at)
                values (:id, :organization, :kind, 'running', :provider, :key, :version, :rotates, :actor, :request,
                  now(), now())
                """).param("id", UUID.randomUUID()).param("organization", caller.organization().value())
                .param("kind", kind.toString()).param("provider", key == null ? null : key.provider())
                .param("key", key == null ? null : key.keyName()).param("version", version)
                .param("rotates", rotates).param("actor", caller.actor().value())
                .param("request", caller.requestId()).update();
    }

    /** Takes a job that is due and that no living node has. */
    Optional<Job> take(Duration lease) {
        return jdbc.sql("""
                update secrets.job set lease_id = ?, leased_until = now() + ? * interval '1 millisecond'
                where id = (
                  select id from secrets.job
                  where state = 'running' and due_at <= now() and (leased_until is null or leased_until < now())
                  order by due_at limit 1 for update skip locked)
                returning *
                """).params(UUID.randomUUID(), lease.toMillis()).query(StoredJobs::job).optional();
    }

    /** Writes down how far the job is, and keeps it. Only what was done since ends a row of failures. */
    void progress(Job job, long total, long done, @Nullable UUID cursor, Duration lease) {
        held(jdbc
                .sql("""
                        update secrets.job set total = greatest(total, :total), done = :done, cursor = :cursor,
                          error = case when :done > done then null else error end,
                          attempts = case when :done > done then 0 else attempts end, leased_until = now() + :lease * interval '1 millisecond'
                        where id = :id and lease_id = :held and state = 'running'
                        """)
                .param("total", Math.max(total, done)).param("done", done).param("cursor", cursor)
                .param("lease", lease.toMillis()).param("id", job.id()).param("held", job.lease()).update());
    }

    /** The key has its new version, which wraps nothing yet. */
    void versionAdded(Job job, String version) {
        held(jdbc.sql("update secrets.job set key_version = ? where id = ? and lease_id = ? and state = 'running'")
                .params(version, job.id(), job.lease()).update());
    }

    /** The key wraps with its new version. */
    void rotated(Job job) {
        held(jdbc.sql("update secrets.job set rotates = false where id = ? and lease_id = ? and state = 'running'")
                .params(job.id(), job.lease()).update());
    }

    void dataKeyMade(Job job, UUID dataKey) {
        held(jdbc.sql("update secrets.job set data_key_id = ? where id = ? and lease_id = ? and state = 'running'")
                .params(dataKey, job.id(), job.lease()).update());
    }

    /**
     * To be tried again after the pause.
     *
     * @return false if the job is over, or another node's
     */
    boolean failed(Job job, String error, Duration pause) {
        return jdbc.sql("""
                update secrets.job set error = ?, attempts = attempts + 1, leased_until = null, cursor = null,
                  due_at = now() + ? * interval '1 millisecond'
                where id = ? and lease_id = ? and state = 'running'
                """).params(error, pause.toMillis(), job.id(), job.lease()).update() == 1;
    }

    /** Another node may go on with it at once. */
    void letGo(Job job) {
        jdbc.sql("update secrets.job set leased_until = null where id = ? and lease_id = ? and state = 'running'")
                .params(job.id(), job.lease()).update();
    }

    void finish(Job job) {
        held(jdbc.sql("""
                update secrets.job set state = 'done', error = null, finished_at = now(), leased_until = null
                where id = ? and lease_id = ? and state = 'running'
                """).params(job.id(), job.lease()).update());
    }

    /** The latest job of each kind, the latest first. */
    List<EncryptionKeyView.Job> latest(OrganizationId organization) {
        return jdbc.sql("""
                select * from (select distinct on (kind) * from secrets.job where organization_id = ?
                               order by kind, requested_at desc) as latest
                order by requested_at desc
                """).param(organization.value()).query((row, number) -> new EncryptionKeyView.Job(
                row.getString("kind"), row.getString("state"), row.getLong("total"), row.getLong("done"),
                row.getString("error"), row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                instant(row, "finished_at"))).list();
    }

    private static void held(int rows) {
        if (rows == 0) {
            throw new LeaseLost();
        }
    }

    private static Job job(ResultSet row, int number) throws SQLException {
        String provider = row.getString("provider");
        return new Job(row.getObject("id", UUID.class), row.getObject("lease_id", UUID.class),
                OrganizationId.of(row.getString("organization_id")), Job.Kind.of(row.getString("kind")),
                provider == null ? null : new AssignedKey(provider, row.getString("key_name")),
                row.getString("key_version"), row.getBoolean("rotates"), row.getObject("data_key_id", UUID.class),
                row.getLong("done"), row.getObject("cursor", UUID.class), row.getInt("attempts"),
                row.getString("actor"), row.getString("request_id"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
