package build.leash.app.audit.export;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; null for no restriction.
 *
 * @param actor as the metadata has it, {@code person:<id>}
 * @param server slug or id
 * @param from inclusive
 * @param to exclusive
 */
public record EventFilter(@Nullable String actor, @Nullable String server, @Nullable String type,
        @Nullable Instant from, @Nullable Instant to) {}
