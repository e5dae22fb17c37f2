package build.leash.secrets.env;

import build.leash.access.api.Rejected;
import java.time.Clock;
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
 * Nodes do not agree on who asks: a source that another one asked is not due any more.
 */
final class DueSources implements AutoCloseable {

    static final int AT_ONCE = 16;
    private static final Logger LOG = LoggerFactory.getLogger(DueSources.class);

    private final StoredSyncs syncs;
    private final Questions questions;
    private final EnvProperties properties;
    private final Clock clock;
    private final Set<StoredSyncs.Due> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    DueSources(StoredSyncs syncs, Questions questions, EnvProperties properties, Clock clock) {
        this.syncs = syncs;
        this.questions = questions;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void askThem() {
        try {
            syncs.due(clock.instant().minus(properties.syncEvery()), AT_ONCE).stream()
                    .filter(underWay::add).forEach(due -> threads.execute(() -> ask(due)));
        } catch (DataAccessException e) {
            LOG.warn("Secret sources cannot be asked now: {}", e.getClass().getSimpleName());
        }
    }

    private void ask(StoredSyncs.Due due) {
        try {
            Questions.await(questions.ask(due.organization(), due.source()));
        } catch (Rejected e) {
            LOG.warn("The secret source {} cannot be asked now: {}", due.source(), e.rejection().name());
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
