package build.leash.app.eventstore;

import build.leash.access.api.event.EventSourced;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The aggregates of all modules, and the names under which their snapshots are kept. */
record Aggregates(List<Class<?>> classes) {

    private static final String PREFIX = "snapshot.";

    static Aggregates of(Collection<EventSourced> eventSourced) {
        return new Aggregates(eventSourced.stream().<Class<?>>map(EventSourced::aggregate).toList());
    }

    boolean has(Class<?> type) {
        return classes.contains(type);
    }

    String snapshotName(Class<?> aggregate) {
        return PREFIX + aggregate.getSimpleName();
    }

    Optional<Class<?>> withSnapshotName(String name) {
        return classes.stream().filter(aggregate -> snapshotName(aggregate).equals(name)).findFirst();
    }
}
