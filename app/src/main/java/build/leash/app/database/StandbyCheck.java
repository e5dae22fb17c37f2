package build.leash.app.database;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Refuses to read from a standby that may show a commit later than it is acknowledged. {@code remote_apply} makes a
 * commit wait until the standby shows it (PostgreSQL manual, {@code synchronous_commit}); what was committed before that
 * held, the standby has to have caught up with.
 */
final class StandbyCheck {

    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private final JdbcClient primary;
    private final long patience;

    /**
     * A check against this primary.
     *
     * @param patience how long a standby may take to catch up
     */
    StandbyCheck(JdbcClient primary, Duration patience) {
        this.primary = primary;
        this.patience = patience.toNanos();
    }

    private record Reader(boolean isStandby, String name, Instant startedAt) {}

    private record Writer(String synchronousCommit, String standbys, String position, Instant startedAt) {}

    /** @throws IllegalStateException if a commit may be acknowledged before it is seen through this client */
    void showsWhatIsAcknowledged(JdbcClient read) {
        Reader reader = read.sql("""
                select pg_is_in_recovery() as is_standby, current_setting('cluster_name') as name,
                  pg_postmaster_start_time() as started_at
                """).query((row, number) -> new Reader(row.getBoolean(1), row.getString(2),
                row.getTimestamp(3).toInstant())).single();
        // The position comes last: whatever was acknowledged while commits did not wait yet is before it.
        Writer writer = primary.sql("""
                select current_setting('synchronous_commit'), current_setting('synchronous_standby_names'),
                  pg_current_wal_flush_lsn()::text, pg_postmaster_start_time()
                """).query((row, number) -> new Writer(row.getString(1), row.getString(2), row.getString(3),
                row.getTimestamp(4).toInstant())).single();
        if (reader.isStandby()) {
            commitsWaitFor(reader, writer);
            catchesUp(read, writer.position());
        } else if (!reader.startedAt().equals(writer.startedAt())) {
            throw new IllegalStateException("leash.reads.url is no standby, and not the database that is written to:"
                    + " it may have been promoted");
        }
    }

    private static void commitsWaitFor(Reader reader, Writer writer) {
        if (!writer.synchronousCommit().equals("remote_apply")
                || !SynchronousStandbys.parse(writer.standbys()).alwaysWaitFor(reader.name())) {
            throw new IllegalStateException("leash.reads.url is the standby '" + reader.name()
                    + "', but commits do not always wait for it: set synchronous_commit = remote_apply, give the standby"
                    + " a cluster_name, and name every standby that is read from in synchronous_standby_names with their"
                    + " number before them, as in 'FIRST 2 (a, b)'. They are " + writer.synchronousCommit() + " and '"
                    + writer.standbys() + "'");
        }
    }

    private void catchesUp(JdbcClient standby, String position) {
        long begun = System.nanoTime();
        while (!standby.sql("select pg_last_wal_replay_lsn() >= ?::pg_lsn").param(position).query(Boolean.class)
                .single()) {
            if (System.nanoTime() - begun > patience) {
                throw new IllegalStateException("The standby of leash.reads.url has not caught up yet");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
