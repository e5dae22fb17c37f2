package build.leash.secrets.env;

import build.leash.access.api.Rejected;
import build.leash.billing.api.BillingRejection;
import build.leash.billing.api.Entitlements;
import build.leash.billing.api.Feature;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Asks every external source from time to time, so that a change, a collision or a failure shows without anybody reading.
 * A node takes a source before it asks it, so that no other one does; should it die then, the source is asked when it is
 * due the next time. Nobody is asked on behalf of an organization whose plan does not include it.
 */
final class DueSources implements AutoCloseable {

    static final int AT_ONCE = 16;
    private static final Logger LOG = LoggerFactory.getLogger(DueSources.class);

    private final StoredSyncs syncs;
    private final Questions questions;
    private final Entitlements entitlements;
    private final EnvProperties properties;
    private final Clock clock;
    private final Set<StoredSyncs.Due> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    DueSources(StoredSyncs syncs, Questions questions, Entitlements entitlements, EnvProperties properties,
            Clock clock) {
        this.syncs = syncs;
        this.questions = questions;
        this.entitlements = entitlements;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void askThem() {
        try {
            Instant now = clock.instant();
            syncs.take(now, now.minus(properties.syncEvery()), AT_ONCE).stream().filter(underWay::add)
                    .forEach(due -> threads.execute(() -> ask(due)));
        } catch (DataAccessException e) {
            LOG.warn("Secret sources cannot be asked now: {}", e.getClass().getSimpleName());
        }
    }

    private void ask(StoredSyncs.Due due) {
        try {
            entitlements.require(due.organization(), Feature.RUNTIME_ENV);
            Questions.await(questions.ask(due.organization(), due.source()));
        } catch (Rejected e) {
            if (e.rejection() != BillingRejection.UPGRADE_REQUIRED) {
                LOG.warn("The secret source {} cannot be asked now: {}", due.source(), e.rejection().name());
            }
        } catch (RuntimeException e) {
            LOG.warn("The secret source {} cannot be asked now: {}", due.source(), e.getClass().getSimpleName());
        } finally {
            underWay.remove(due);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
