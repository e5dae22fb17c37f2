package build.leash.app.audit.readlog;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.AppKey;
import build.leash.access.api.KnownKey;
import build.leash.access.api.Rejected;
import build.leash.app.web.RequestId;
import build.leash.app.web.error.Problem;
import build.leash.config.api.HandOff;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.RuntimeEnv;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records reads. Entries wait in a bounded queue for one writer ({@link ReadWriter}); none is dropped. When the
 * database falls behind, hand-offs become slow, and are refused when they would have to wait too long.
 */
public final class ReadLog implements AutoCloseable {

    static final int MAX_WAITING = 20_000;
    static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final boolean isStrict;
    private final Clock clock;
    private final Duration maxWait;
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final RepeatedRefusals repeated = new RepeatedRefusals();
    private final ReadWriter writer;

    /** @param committed completed when it is */
    record Entry(Read read, CompletableFuture<Boolean> committed) {}

    /** @param maxWait how long a hand-off waits until it is refused */
    ReadLog(StoredReads stored, boolean isStrict, Clock clock, Duration maxWait) {
        this.isStrict = isStrict;
        this.clock = clock;
        this.maxWait = maxWait;
        this.writer = new ReadWriter(stored, waiting, repeated, isStrict, clock);
        writer.start();
    }

    /**
     * Does the hand-off and records it, or its refusal.
     *
     * @throws Rejected {@link AccessRejection#STORAGE_UNAVAILABLE} if it cannot be recorded in time; the hand-off is then
     *         not answered
     */
    public HandOff handOff(HttpServletRequest request, AppKey app, String slug, Supplier<HandOff> handOff) {
        HandOff done;
        try {
            done = handOff.get();
        } catch (RuntimeException e) {
            record(List.of(refusal(request, ReadKind.HAND_OFF, KnownKey.of(app), slug, e)));
            throw e;
        }
        String outcome = done instanceof HandOff.Unchanged ? Read.UNCHANGED : Read.HANDED_OFF;
        record(List.of(Read.handOff(request, clock.instant(), KnownKey.of(app), slug, done.version(), outcome)));
        return done;
    }

    /**
     * Reads env values and records each, or the refusal of each.
     *
     * @param keys as they came, whatever they are
     * @throws Rejected {@link AccessRejection#STORAGE_UNAVAILABLE} if they cannot be recorded in time; they are then not
     *         answered
     */
    public Map<String, String> env(HttpServletRequest request, AppKey app, List<String> keys,
            Supplier<RuntimeEnv.Env> read) {
        RuntimeEnv.Env env;
        try {
            env = read.get();
        } catch (RuntimeException e) {
            String code = Problem.of(e, RequestId.of(request)).code();
            List<String> named = keys.stream().filter(EnvKey::isValid).distinct().toList();
            record(named.isEmpty()
                    ? List.of(Read.env(request, clock.instant(), KnownKey.of(app), null, null, code))
                    : named.stream().map(key -> Read.env(request, clock.instant(), KnownKey.of(app), key, null, code))
                            .toList());
            throw e;
        }
        record(env.versions().entrySet().stream().map(version -> Read.env(request, clock.instant(), KnownKey.of(app),
                version.getKey(), version.getValue(), Read.READ)).toList());
        return env.values();
    }

    /**
     * Records that a key which was issued here was turned down: it is not in force any more, of another kind, used too
     * often, or not allowed to do this. Each attempt; those that come thick and fast by their number.
     *
     * @param slug that was asked for, whatever it is; null if none was
     * @throws Rejected {@link AccessRejection#STORAGE_UNAVAILABLE} if it cannot be recorded in time
     */
    public void refused(HttpServletRequest request, ReadKind kind, KnownKey key, @Nullable String slug,
            RuntimeException why) {
        Read refusal = refusal(request, kind, key, slug, why);
        if (!repeated.isToBeCounted(key.id())) {
            record(List.of(refusal));
        } else {
            CompletableFuture<Boolean> committed = repeated.count(refusal);
            if (isStrict) {
                await(committed, deadline());
            }
        }
    }

    private Read refusal(HttpServletRequest request, ReadKind kind, KnownKey key, @Nullable String slug,
            RuntimeException why) {
        return Read.refused(request, clock.instant(), kind, key, slug,
                Problem.of(why, RequestId.of(request)).code());
    }

    /** Remembers that a key was used for what is no read. Never waits: with a full queue, this one time is not told. */
    public void used(HttpServletRequest request, KnownKey key) {
        boolean _ = waiting.offer(new Entry(
                Read.refused(request, clock.instant(), ReadKind.MANAGEMENT, key, null, Read.USED),
                new CompletableFuture<>()));
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        writer.close(maxWait);
    }

    /** Waits for no longer than for one, however many they are. */
    private void record(List<Read> reads) {
        long deadline = deadline();
        List<Entry> entries = reads.stream().map(read -> new Entry(read, new CompletableFuture<>())).toList();
        entries.forEach(entry -> enqueue(entry, deadline));
        if (isStrict && !entries.isEmpty()) {
            await(entries.getLast().committed(), deadline);
        }
    }

    private long deadline() {
        return System.nanoTime() + maxWait.toNanos();
    }

    private void enqueue(Entry entry, long deadline) {
        try {
            if (waiting.offer(entry, deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw notRecorded();
    }

    private static void await(CompletableFuture<Boolean> committed, long deadline) {
        try {
            committed.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notRecorded();
        } catch (ExecutionException | TimeoutException e) {
            throw notRecorded();
        }
    }

    private static Rejected notRecorded() {
        return new Rejected(AccessRejection.STORAGE_UNAVAILABLE, "The read cannot be recorded at the moment.");
    }
}
