package build.leash.access.api;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs a write: all or nothing, one at a time per subject on all nodes, and never so many at once that what reads through
 * the same pool, pages and env values for example, finds no connection. Hand-offs have connections of their own.
 *
 * <p>
 * One at a time by a PostgreSQL advisory lock that the commit releases. Whoever holds it sees everything committed
 * before, so a write can read the current version, seal a secret for the next one and append the event without being
 * overtaken.
 */
public final class Writes {

    /** How long a write waits for its turn before it is turned down. */
    static final int MAX_WAIT_SECONDS = 15;

    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;
    private final Semaphore slots;

    /** @param concurrent how many writes may be under way at once on this node; fewer than the pool has connections */
    public Writes(TransactionTemplate transactions, JdbcClient jdbc, int concurrent) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.slots = new Semaphore(concurrent, true);
    }

    /**
     * Runs the work in the transaction that is under way, or else in a new one, after every earlier write to the same
     * subject has ended.
     *
     * @param subject whatever must not change meanwhile, for example {@code server:<organization>/<slug>}
     * @throws Rejected {@link AccessRejection#STORAGE_UNAVAILABLE} if its turn does not come in time
     */
    public <T> T exclusively(String subject, Supplier<T> work) {
        return inTransaction(() -> {
            jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended(?, 0))").param(subject).query(Long.class)
                    .single();
            return work.get();
        });
    }

    /**
     * Runs the work in the transaction that is under way, or else in a new one.
     *
     * @throws Rejected {@link AccessRejection#STORAGE_UNAVAILABLE} if its turn does not come in time
     */
    public <T> T inTransaction(Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.get();
        }
        takeSlot();
        try {
            return transactions.execute(status -> work.get());
        } finally {
            slots.release();
        }
    }

    private void takeSlot() {
        try {
            if (slots.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Rejected(AccessRejection.STORAGE_UNAVAILABLE, "Too many writes are under way. Nothing was changed.");
    }
}
