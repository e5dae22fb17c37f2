package build.leash.app.audit;

import build.leash.access.api.OrganizationId;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Fills a log through the event store, so that the projections' handlers make the live read models. */
public final class LongLog {

    private static final int EVENTS_AT_ONCE = 500;
    private static final int THREADS = 2;
    private static final Duration SEALING_LIMIT = Duration.ofMinutes(5);

    private final RunningLeash leash;
    private final EventStore events;
    private final TransactionTemplate transaction;

    public LongLog(RunningLeash leash) {
        this.leash = leash;
        this.events = leash.bean(EventStore.class);
        this.transaction = new TransactionTemplate(leash.bean(PlatformTransactionManager.class));
    }

    /**
     * Adds so many events of these organizations, mixed as they come in a busy installation, and waits until they are
     * sealed.
     */
    public void write(long number, List<OrganizationId> organizations) {
        int servers = (int) Math.max(2, number / organizations.size() / 12);
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int own = thread;
            List<LongHistory> histories = IntStream.range(0, organizations.size()).filter(i -> i % THREADS == own)
                    .mapToObj(i -> LongHistory.of(i, organizations.get(i), servers)).toList();
            long share = histories.isEmpty() ? 0 : number * histories.size() / organizations.size();
            parts.add(CompletableFuture.runAsync(() -> append(share, histories),
                    work -> Thread.ofPlatform().start(work)));
        }
        parts.forEach(CompletableFuture::join);
        awaitSealing();
    }

    /** The same within one organization that there is. */
    public void write(long number, OrganizationId organization) {
        append(number, List.of(LongHistory.within(organization, (int) Math.max(2, number / 12))));
        awaitSealing();
    }

    private void awaitSealing() {
        JdbcClient jdbc = leash.bean(JdbcClient.class);
        Poll.until(SEALING_LIMIT, "everything is sealed", () -> jdbc
                .sql("select not exists (select from eventstore.unsealed_event)").query(Boolean.class).single());
        jdbc.sql("analyze").update();
    }

    private void append(long number, List<LongHistory> histories) {
        for (long written = 0; written < number;) {
            List<EventMessage<?>> batch = new ArrayList<>();
            while (batch.size() < EVENTS_AT_ONCE && written < number) {
                batch.add(histories.get((int) (written++ % histories.size())).next());
            }
            transaction.executeWithoutResult(status -> events.publish(batch));
        }
    }
}
