package build.leash.app.durability;

import build.leash.access.api.event.Projection;
import build.leash.app.support.RunningLeash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Compares every read model with one made anew from the event log, and leaves the database as it was. */
public final class ReadModelRebuild {

    /** @param rows by table, in the text form of PostgreSQL, sorted */
    public record Comparison(Map<String, List<String>> live, Map<String, List<String>> rebuilt, int events) {}

    private final JdbcClient jdbc;
    private final EventStore events;
    private final Collection<Projection> projections;
    private final TransactionTemplate transaction;

    public ReadModelRebuild(RunningLeash leash) {
        this.jdbc = leash.bean(JdbcClient.class);
        this.events = leash.bean(EventStore.class);
        this.projections = leash.beans(Projection.class);
        this.transaction = new TransactionTemplate(leash.bean(PlatformTransactionManager.class));
    }

    public Comparison compare() {
        List<TrackedEventMessage<?>> log = readLog();
        return transaction.execute(status -> {
            status.setRollbackOnly();
            Map<String, List<String>> live = rows();
            tables().forEach(table -> jdbc.sql("truncate " + table).update());
            projections.forEach(projection -> replay(log, projection));
            return new Comparison(live, rows(), log.size());
        });
    }

    private List<TrackedEventMessage<?>> readLog() {
        List<TrackedEventMessage<?>> log = new ArrayList<>();
        try (var stream = events.openStream(null)) {
            while (stream.hasNextAvailable()) {
                log.add(stream.nextAvailable());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return log;
    }

    private static void replay(List<TrackedEventMessage<?>> log, Projection projection) {
        AnnotationEventHandlerAdapter handler = new AnnotationEventHandlerAdapter(projection.handler());
        for (TrackedEventMessage<?> event : log) {
            try {
                handler.handle(event);
            } catch (Exception e) {
                throw new IllegalStateException(projection.name() + " cannot replay " + event.getPayload(), e);
            }
        }
    }

    private List<String> tables() {
        return projections.stream().map(Projection::tables).flatMap(List::stream).sorted().toList();
    }

    private Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        tables().forEach(table -> rows.put(table,
                jdbc.sql("select t::text from " + table + " t order by 1").query(String.class).list()));
        return rows;
    }
}
