package build.leash.app.audit.replay;

import build.leash.access.api.event.Rebuild;
import build.leash.app.audit.replay.Shadow.Stale;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes every read model of the installation anew in the shadow schema, while writes go on. What was done stays done
 * when it is killed. One at a time, for whoever runs it.
 */
public final class Replay {

    /** Organizations are taken together until they have as many events; a larger one is taken alone. */
    private static final long EVENTS_AT_ONCE = 25_000;
    private static final int WORKERS = 2;
    private static final int SWAP_ATTEMPTS = 200;
    private static final long SWAP_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final JdbcClient jdbc;
    private final ReadModels models;
    private final Shadow shadow;
    private final Comparison comparison;
    private final TransactionTemplate transaction;
    private final TransactionTemplate snapshot;

    Replay(JdbcClient jdbc, ReadModels models, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.models = models;
        this.shadow = new Shadow(jdbc, models);
        this.comparison = new Comparison(jdbc);
        this.transaction = new TransactionTemplate(transactions);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** What the log holds and what there is to do about it. */
    public record Extent(long events, long alreadyDone) {}

    /** Tables that this cannot rebuild, because their projections offer no query. */
    public List<String> uncovered() {
        return List.copyOf(models.withoutQuery());
    }

    /** @param isFresh whether to forget what an earlier replay did */
    public Extent prepare(boolean isFresh) {
        return transaction.execute(status -> {
            if (isFresh) {
                shadow.drop();
            }
            shadow.createIfMissing();
            long done = shadow.events();
            return new Extent(done + shadow.stale().stream().mapToLong(Stale::events).sum(), done);
        });
    }

    /** @param progress is told how many events were done, from several threads */
    public void build(LongConsumer progress) {
        List<List<Stale>> chunks = chunks(shadow.stale());
        AtomicLong done = new AtomicLong();
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<?>> work = new ArrayList<>();
            for (List<Stale> chunk : chunks) {
                work.add(workers.submit(() -> {
                    transaction.executeWithoutResult(status -> shadow.rebuild(chunk));
                    progress.accept(done.addAndGet(chunk.stream().mapToLong(Stale::events).sum()));
                }));
            }
            for (Future<?> each : work) {
                await(each, work);
            }
        }
    }

    /** Compares each table with its shadow in one snapshot of both, with what was written meanwhile. */
    public List<TableReport> compare() {
        return snapshot.execute(status -> {
            jdbc.sql("set local statement_timeout = 0").update();
            shadow.rebuild(shadow.stale());
            return models.rebuilds().stream()
                    .map(rebuild -> comparison.compare(rebuild, Shadow.table(rebuild), null)).toList();
        });
    }

    /**
     * Puts the rebuilt rows in the place of those that differ, all in one transaction. Reads go on; writes wait for it.
     *
     * @return how many rows were removed and added
     */
    public int swap() {
        for (int attempt = 1;; attempt++) {
            try {
                return transaction.execute(status -> swapLocked());
            } catch (DataAccessException e) {
                if (attempt == SWAP_ATTEMPTS || !isLockTaken(e)) {
                    throw e;
                }
                LockSupport.parkNanos(SWAP_PAUSE_NANOS);
            }
        }
    }

    private static boolean isLockTaken(DataAccessException thrown) {
        return thrown.getMostSpecificCause() instanceof SQLException cause
                && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
    }

    /** Waits for the first lock only, when it holds none, so that it cannot be part of a deadlock. */
    private int swapLocked() {
        jdbc.sql("set local statement_timeout = 0").update();
        jdbc.sql("lock table eventstore.domain_event in share row exclusive mode").update();
        for (Rebuild rebuild : models.rebuilds()) {
            jdbc.sql("lock table " + rebuild.table() + " in share row exclusive mode nowait").update();
        }
        shadow.rebuild(shadow.stale());
        return models.rebuilds().stream()
                .mapToInt(rebuild -> comparison.replace(rebuild, Shadow.table(rebuild), null)).sum();
    }

    /** Removes the shadow. */
    public void end() {
        transaction.executeWithoutResult(status -> shadow.drop());
    }

    private static List<List<Stale>> chunks(List<Stale> stale) {
        List<List<Stale>> chunks = new ArrayList<>();
        long events = EVENTS_AT_ONCE;
        for (Stale organization : stale) {
            if (events >= EVENTS_AT_ONCE) {
                chunks.add(new ArrayList<>());
                events = 0;
            }
            chunks.getLast().add(organization);
            events += organization.events();
        }
        return chunks;
    }

    private static void await(Future<?> each, List<Future<?>> all) {
        try {
            each.get();
        } catch (ExecutionException e) {
            all.forEach(other -> other.cancel(false));
            throw new IllegalStateException("The replay failed", e.getCause());
        } catch (InterruptedException e) {
            all.forEach(other -> other.cancel(false));
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The replay was interrupted", e);
        }
    }
}
