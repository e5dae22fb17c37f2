package build.leash.access.api.event;

import java.util.List;

/**
 * A read model, offered as a bean. Its handler runs on the thread and in the transaction that appends the event, and
 * what it throws makes the write fail.
 *
 * @param name of the Axon processing group
 * @param tables what the handler writes, schema-qualified; nothing else does, so they can be rebuilt from the log
 * @param handler an object with {@code @EventHandler} methods
 * @param rebuilds the tables as queries over the log, for audits; of those without one an audit can tell nothing
 */
public record Projection(String name, List<String> tables, Object handler, List<Rebuild> rebuilds) {

    /** A projection that only its handler can rebuild. */
    public Projection(String name, List<String> tables, Object handler) {
        this(name, tables, handler, List.of());
    }

    /** A projection of which every table has a query. */
    public Projection(String name, Object handler, List<Rebuild> rebuilds) {
        this(name, rebuilds.stream().map(Rebuild::table).toList(), handler, rebuilds);
    }
}
