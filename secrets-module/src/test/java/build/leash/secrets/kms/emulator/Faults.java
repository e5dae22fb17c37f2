package build.leash.secrets.kms.emulator;

import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes wrong with one key, or with all of them. */
public final class Faults {

    private final Deque<Status> failures = new ArrayDeque<>();
    private final Map<Corruption, Integer> corruptions = new EnumMap<>(Corruption.class);
    private @Nullable Status always;
    private Duration latency = Duration.ZERO;

    /** Whoever asks is not allowed to. */
    public synchronized Faults deny() {
        always = Status.PERMISSION_DENIED;
        return this;
    }

    /** Every call fails like this, until {@link #clear}. */
    public synchronized Faults failWith(Status status) {
        always = status;
        return this;
    }

    /** The next calls fail like this. */
    public synchronized Faults failNext(int times, Status status) {
        for (int i = 0; i < times; i++) {
            failures.add(status);
        }
        return this;
    }

    /** Every answer takes at least so long. */
    public synchronized Faults delay(Duration by) {
        latency = by;
        return this;
    }

    /** So many answers are corrupted. */
    public synchronized Faults corruptNext(int times, Corruption how) {
        corruptions.merge(how, times, Integer::sum);
        return this;
    }

    /** All is well again. */
    public synchronized Faults clear() {
        failures.clear();
        corruptions.clear();
        always = null;
        latency = Duration.ZERO;
        return this;
    }

    synchronized Duration latency() {
        return latency;
    }

    synchronized void failIfDue() {
        Status status = failures.isEmpty() ? always : failures.poll();
        if (status != null) {
            throw status.withDescription("injected").asRuntimeException();
        }
    }

    /** Whether the answer that is being made is to be corrupted in this way. */
    synchronized boolean takes(Corruption how) {
        int left = corruptions.getOrDefault(how, 0);
        if (left > 0) {
            corruptions.put(how, left - 1);
        }
        return left > 0;
    }
}
