package build.leash.app.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions that wait for their commit no longer than they may. A commit that waits for a standby, which is gone,
 * would wait until it is back, whatever the statement's timeout.
 *
 * <p>
 * The connection is given up, not cancelled: PostgreSQL would report a cancelled commit as done while the standby does
 * not show it. Its backend goes on waiting, and nobody sees the change before the standby does. As each takes one of
 * PostgreSQL's connections, further transactions are refused at their beginning as long as any still waits.
 */
final class BoundedCommits extends JdbcTransactionManager {

    /** The own role's sessions are visible to every role (PostgreSQL manual, {@code pg_stat_activity}). */
    private static final String HELD_UP = """
            select exists (select from pg_stat_activity where usename = current_user and datname = current_database()
              and wait_event = 'SyncRep' and state_change < clock_timestamp() - interval '1 second')""";

    private final transient JdbcClient jdbc;
    private final int limitMillis;
    private volatile boolean mayBeHeldUp;

    /** @param limit how long a commit may take */
    BoundedCommits(DataSource dataSource, Duration limit) {
        super(dataSource);
        this.jdbc = JdbcClient.create(dataSource);
        this.limitMillis = Math.toIntExact(limit.toMillis());
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        if (mayBeHeldUp && !definition.isReadOnly()) {
            if (jdbc.sql(HELD_UP).query(Boolean.class).single()) {
                throw new CannotCreateTransactionException("Commits wait for a standby that does not answer");
            }
            mayBeHeldUp = false;
        }
        super.doBegin(transaction, definition);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        try {
            limitCommit();
            super.doCommit(status);
        } catch (RuntimeException e) {
            mayBeHeldUp = true;
            throw e;
        }
    }

    /** Until the pool takes the connection back, and sets what it had. */
    private void limitCommit() {
        ConnectionHolder holder = (ConnectionHolder) Objects.requireNonNull(
                TransactionSynchronizationManager.getResource(Objects.requireNonNull(getDataSource())));
        try {
            holder.getConnection().setNetworkTimeout(Runnable::run, limitMillis);
        } catch (SQLException e) {
            throw translateException("Limiting a commit", e);
        }
    }
}
