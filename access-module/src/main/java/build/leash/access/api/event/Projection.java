package build.leash.access.api.event;

import java.util.List;

/**
 * A read model, offered as a bean. Its handler runs on the thread and in the transaction that appends the event, and
 * what it throws makes the write fail.
 *
 * @param name of the Axon processing group
 * @param handler an object with {@code @EventHandler} methods
 * @param rebuilds every table that the handler writes, as a query over the log; nothing else writes them
 */
public record Projection(String name, Object handler, List<Rebuild> rebuilds) {

    public Projection {
        rebuilds = List.copyOf(rebuilds);
    }

    /** What the handler writes, schema-qualified. */
    public List<String> tables() {
        return rebuilds.stream().map(Rebuild::table).toList();
    }
}
