package build.leash.app.audit.replay;

import build.leash.access.api.RevisionRaiser;
import build.leash.access.api.event.Rebuild;
import build.leash.app.audit.replay.TableReport.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes every read model of the installation anew in the shadow schema, while writes go on. First the log is staged,
 * range by range, then each table is built from it. What was done stays done when it is killed. One at a time, for
 * whoever runs it.
 */
public final class Replay {

    private final JdbcClient jdbc;
    private final ReadModels models;
    private final Shadow shadow;
    private final Comparison comparison;
    private final Swap swap;
    private final TransactionTemplate transaction;
    private final TransactionTemplate snapshot;

    Replay(JdbcClient jdbc, ReadModels models, LogRelation log, PlatformTransactionManager transactions,
            RevisionRaiser revisions) {
        this.jdbc = jdbc;
        this.models = models;
        this.shadow = new Shadow(jdbc, log, models);
        this.comparison = new Comparison(jdbc);
        this.swap = new Swap(jdbc, models, shadow, transactions, revisions);
        this.transaction = new TransactionTemplate(transactions);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * What there is to do, and what an earlier replay did of it.
     *
     * @param events how many numbers the log has given to events
     */
    public record Extent(long events, long stagedBefore, int tables, int builtBefore) {

        boolean isResumed() {
            return stagedBefore > 0;
        }
    }

    /** Told from several threads. */
    public interface Progress {

        /** @param events of the log, so many more are staged */
        void staged(long events);

        void built();
    }

    /** @param isFresh whether to forget what an earlier replay did */
    public Extent prepare(boolean isFresh) {
        return transaction.execute(status -> {
            SessionLimits.lift(jdbc);
            if (isFresh) {
                shadow.clear();
            }
            shadow.prepare();
            shadow.ranges().plan();
            long events = shadow.ranges().length();
            long left = shadow.ranges().unstaged().stream().mapToLong(Ranges.Range::length).sum();
            int tables = models.rebuilds().size();
            return new Extent(events, events - left, tables, tables - shadow.unbuilt().size());
        });
    }

    public void build(Progress progress) {
        List<Ranges.Range> ranges = shadow.ranges().unstaged();
        Work.inParallel(ranges.stream().<Runnable>map(range -> () -> {
            snapshot.executeWithoutResult(status -> shadow.stage(range));
            progress.staged(range.length());
        }).toList());
        List<Rebuild> tables = shadow.unbuilt();
        if (!tables.isEmpty()) {
            transaction.executeWithoutResult(status -> shadow.analyze());
        }
        Work.inParallel(tables.stream().<Runnable>map(table -> () -> {
            transaction.executeWithoutResult(status -> shadow.build(table));
            progress.built();
        }).toList());
    }

    /** Compares each table with its shadow in one snapshot of both, with what was written meanwhile. */
    public List<TableReport> compare() {
        return snapshot.execute(status -> {
            SessionLimits.lift(jdbc);
            shadow.rebuild(shadow.stale());
            String shared = jdbc.sql("select pg_export_snapshot()").query(String.class).single();
            List<Digest> live = new ArrayList<>();
            List<Digest> replayed = new ArrayList<>();
            try (ExecutorService other = Executors.newSingleThreadExecutor()) {
                Future<?> lives = other.submit(() -> live.addAll(liveDigests(shared)));
                models.rebuilds().forEach(rebuild -> replayed.add(comparison.digest(Shadow.table(rebuild))));
                Work.await(lives);
            }
            List<TableReport> reports = new ArrayList<>();
            for (int i = 0; i < live.size(); i++) {
                Rebuild rebuild = models.rebuilds().get(i);
                reports.add(comparison.report(rebuild, rebuild.table(), live.get(i), Shadow.table(rebuild),
                        replayed.get(i)));
            }
            return reports;
        });
    }

    private List<Digest> liveDigests(String shared) {
        return snapshot.execute(status -> {
            jdbc.sql("set transaction snapshot '" + shared + "'").update();
            SessionLimits.lift(jdbc);
            return models.rebuilds().stream().map(rebuild -> comparison.digest(rebuild.table())).toList();
        });
    }

    /**
     * Puts the rebuilt rows in the place of those that differ, all in one transaction. Reads go on; writes wait for it.
     *
     * @return how many rows were removed and added
     */
    public int swap() {
        return swap.run();
    }

    /** Removes the shadow. */
    public void end() {
        transaction.executeWithoutResult(status -> shadow.clear());
    }
}
