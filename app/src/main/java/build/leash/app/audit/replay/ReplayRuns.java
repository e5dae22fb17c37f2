package build.leash.app.audit.replay;

import build.leash.access.api.Caller;
import build.leash.access.api.Permission;
import build.leash.app.audit.replay.OrganizationReplay.Result;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays organizations in the background, for those who ask over HTTP. */
public final class ReplayRuns {

    /** How many organizations are replayed at once on this node; the others wait. */
    private static final int AT_ONCE = 2;
    private static final Logger LOG = LoggerFactory.getLogger(ReplayRuns.class);

    private final OrganizationReplay replay;
    private final StoredRuns stored;
    /** So that the run is there for its thread, whatever transaction the request is in. */
    private final TransactionTemplate ownTransaction;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    ReplayRuns(OrganizationReplay replay, StoredRuns stored, PlatformTransactionManager transactions) {
        this.replay = replay;
        this.stored = stored;
        this.ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** The organization's latest run. */
    public ReplayRun latest(Caller caller) {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        return stored.latest(caller.organization().value()).orElseGet(() -> ReplayRun.none(replay.tables()));
    }

    /**
     * Begins to compare the organization's rows of every read model with those that its events make, unless that is
     * under way.
     *
     * @param isSwapWanted puts what the events make in place of rows that differ; for owners
     * @return the run that is under way
     */
    public ReplayRun start(Caller caller, boolean isSwapWanted) {
        caller.mustBeAllowedTo(isSwapWanted ? Permission.REPLACE_READ_MODELS : Permission.READ_AUDIT_LOG);
        UUID organization = caller.organization().value();
        UUID run = UUID.randomUUID();
        if (ownTransaction.execute(status -> stored.begin(organization, run, isSwapWanted))) {
            Thread.ofVirtual().name("replay-" + run).start(() -> run(organization, run, isSwapWanted));
        }
        return latest(caller);
    }

    /** Runs that wait, or that make one large table for long, are not given up for that. */
    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void tellThatRunsAreAlive() {
        try {
            if (!running.isEmpty()) {
                stored.alive(running);
            }
        } catch (DataAccessException e) {
            LOG.warn("Replays cannot tell now that they go on: {}", e.getClass().getSimpleName());
        }
    }

    private void run(UUID organization, UUID run, boolean isSwapWanted) {
        running.add(run);
        places.acquireUninterruptibly();
        try {
            long events = replay.events(organization);
            mustBeLatest(run, events, 0);
            Result result = replay.compare(organization, tables -> mustBeLatest(run, events, tables));
            mustBeLatest(run, events, result.tables().size());
            Integer replaced = isSwapWanted && !result.isIdentical() ? replay.swap(organization) : null;
            stored.finish(run, result, replaced);
        } catch (Superseded e) {
            LOG.warn("The replay {} of organization {} was silent for so long that another one began", run,
                    organization);
        } catch (RuntimeException e) {
            LOG.error("The replay {} of organization {} failed", run, organization, e);
            stored.fail(run);
        } finally {
            places.release();
            running.remove(run);
        }
    }

    /** In a transaction of its own, so that everybody sees how far it is. */
    private void mustBeLatest(UUID run, long events, int tables) {
        if (!ownTransaction.execute(status -> stored.progress(run, events, tables))) {
            throw new Superseded();
        }
    }

    /** Another run of the organization began meanwhile; this one has nothing more to say or to replace. */
    private static final class Superseded extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
