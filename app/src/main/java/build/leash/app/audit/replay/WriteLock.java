package build.leash.app.audit.replay;

import build.leash.access.api.event.Rebuild;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps events from being appended and read models from being written. Every append passes
 * {@code eventstore.unsealed_event} before any projection sees the event, so that table is the gate; its lock needs no
 * right to change the log.
 */
final class WriteLock {

    private static final int ATTEMPTS = 200;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

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

    /** The same, after a preparation in the same transaction that no write has to wait for. Both may be repeated. */
    <P, T> T whileNobodyWrites(Supplier<P> preparation, Function<P, T> work) {
        for (int attempt = 1;; attempt++) {
            try {
                return transaction.execute(status -> {
                    P prepared = preparation.get();
                    lock();
                    return work.apply(prepared);
                });
            } catch (DataAccessException e) {
                if (attempt == ATTEMPTS || !isLockTaken(e)) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Waits for the first lock only, when it holds none, so that it cannot be part of a deadlock. */
    private void lock() {
        SessionLimits.lift(jdbc);
        jdbc.sql("set local lock_timeout = '10s'").update();
        jdbc.sql("lock table eventstore.unsealed_event in share row exclusive mode").update();
        for (Rebuild rebuild : models.rebuilds()) {
            jdbc.sql("lock table " + rebuild.table() + " in share row exclusive mode nowait").update();
        }
    }

    private static boolean isLockTaken(DataAccessException thrown) {
        return thrown.getMostSpecificCause() instanceof SQLException cause
                && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
    }
}
