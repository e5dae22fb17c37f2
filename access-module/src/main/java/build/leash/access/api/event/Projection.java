package build.leash.access.api.event;

import java.util.List;

/**
 * A read model, offered as a bean. Its handler runs on the thread and in the transaction that appends the event, and
 * what it throws makes the write fail.
 *
 * @param name of the Axon processing group
 * @param tables what the handler writes, schema-qualified; nothing else does, so they can be rebuilt from the log
 * @param handler an object with {@code @EventHandler} methods
 */
public record Projection(String name, List<String> tables, Object handler) {}
