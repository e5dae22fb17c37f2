package build.leash.app.audit.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an organization's replay goes.
 *
 * @param id null if there was none yet, as are the times
 * @param events of the organization; 0 until they are counted
 * @param eventsPerSecond that went all the way into a table, on average
 * @param identical null until it is known
 * @param replacedRows null if nothing was to be replaced, or not yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayRun(@Nullable UUID id, State state, boolean swap, long events, int tablesDone, int tablesTotal,
        long eventsPerSecond, @Nullable Instant startedAt, @Nullable Instant finishedAt, @Nullable Boolean identical,
        @Nullable Long replacedRows, List<TableReport> tables) {

    /** {@code INTERRUPTED}: its node ended, or nothing was heard of it for long. */
    public enum State {
        NONE, RUNNING, FINISHED, FAILED, INTERRUPTED;

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ReplayRun none(int tables) {
        return new ReplayRun(null, State.NONE, false, 0, 0, tables, 0, null, null, null, null, List.of());
    }

    static long perSecond(long events, int tablesDone, int tablesTotal, Duration elapsed) {
        return Math.round(events * (tablesDone / (double) tablesTotal) / Math.max(0.001, elapsed.toNanos() / 1e9));
    }
}
