package build.leash.app.audit.replay;

import build.leash.access.api.Caller;
import build.leash.access.api.Permission;
import build.leash.app.audit.replay.OrganizationReplay.Result;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private void run(UUID organization, UUID run, boolean isSwapWanted) {
        places.acquireUninterruptibly();
        try {
            long events = replay.events(organization);
            stored.progress(run, events, 0);
            Result result = replay.compare(organization, tables -> ownTransaction
                    .executeWithoutResult(status -> stored.progress(run, events, tables)));
            Integer replaced = isSwapWanted && !result.isIdentical() ? replay.swap(organization) : null;
            stored.finish(run, result, replaced);
        } catch (RuntimeException e) {
            LOG.error("The replay {} of organization {} failed", run, organization, e);
            stored.fail(run);
        } finally {
            places.release();
        }
    }
}
