package build.leash.app.audit.replay;

import build.leash.access.api.event.Rebuild;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps events from being appended and read models from being written. Every append passes
 * {@code eventstore.unsealed_event} before any projection sees the event, so that table is the gate; its lock needs no
 * right to change the log.
 */
final class WriteLock {

    private static final int ATTEMPTS = 10;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Set<String> LOCK_NOT_AVAILABLE = Set.of("55P03", "40P01");

    private final JdbcClient jdbc;
    private final ReadModels models;
    private final TransactionTemplate transaction;

    WriteLock(JdbcClient jdbc, ReadModels models, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.models = models;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Runs the work in a transaction that begins when all writes that were under way have ended. */
    <T> T whileNobodyWrites(Supplier<T> work) {
        return whileNobodyWrites(() -> "", nothing -> work.get());
    }

    /** The same, after a preparation in the same transaction that no write has to wait for. Neither is repeated. */
    <P, T> T whileNobodyWrites(Supplier<P> preparation, Function<P, T> work) {
        return transaction.execute(status -> {
            P prepared = preparation.get();
            SessionLimits.lift(jdbc);
            for (int attempt = 1; !isLocked(status, attempt == ATTEMPTS); attempt++) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return work.apply(prepared);
        });
    }

    /** @param isLast then the reason is thrown */
    private boolean isLocked(TransactionStatus status, boolean isLast) {
        Object unlocked = status.createSavepoint();
        try {
            lock();
            return true;
        } catch (DataAccessException e) {
            if (isLast || !isLockTaken(e)) {
                throw e;
            }
            status.rollbackToSavepoint(unlocked);
            return false;
        }
    }

    /**
     * Waits long for the first lock only, when it holds none that anybody could wait for. For the others it waits a little
     * longer than {@code deadlock_timeout} is by default: by then PostgreSQL has sent away an autovacuum that was in the way,
     * or found the deadlock.
     */
    private void lock() {
        jdbc.sql("set local lock_timeout = '10s'").update();
        jdbc.sql("lock table eventstore.unsealed_event in share row exclusive mode").update();
        jdbc.sql("set local lock_timeout = '2s'").update();
        for (Rebuild rebuild : models.rebuilds()) {
            jdbc.sql("lock table " + rebuild.table() + " in share row exclusive mode").update();
        }
        jdbc.sql("set local lock_timeout = '10s'").update();
    }

    private static boolean isLockTaken(DataAccessException thrown) {
        return thrown.getMostSpecificCause() instanceof SQLException cause
                && LOCK_NOT_AVAILABLE.contains(cause.getSQLState());
    }
}
