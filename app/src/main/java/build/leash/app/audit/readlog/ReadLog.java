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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records reads. Entries wait in a bounded queue for one writer, which commits them in batches; none is dropped. When the
 * database falls behind, hand-offs become slow, and are refused when they would have to wait too long.
 */
public final class ReadLog implements AutoCloseable {

    static final int MAX_WAITING = 20_000;
    private static final int MAX_BATCH = 10_000;
    static final Duration MAX_WAIT = Duration.ofSeconds(10);
    private static final long BATCH_MILLIS = 200;
    private static final long RETRY_MILLIS = 250;
    private static final Logger LOG = LoggerFactory.getLogger(ReadLog.class);

    private final StoredReads stored;
    private final boolean isStrict;
    private final Clock clock;
    private final Duration maxWait;
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final RepeatedRefusals repeated = new RepeatedRefusals();
    private final Thread writer;
    private volatile boolean isClosed;
    /** Whether the writer waits until a batch is full, and for nothing else. */
    private volatile boolean isCollecting;

    record Entry(Read read, CompletableFuture<Boolean> committed) {}

    /** @param maxWait how long a hand-off waits until it is refused */
    ReadLog(StoredReads stored, boolean isStrict, Clock clock, Duration maxWait) {
        this.stored = stored;
        this.isStrict = isStrict;
        this.clock = clock;
        this.maxWait = maxWait;
        this.writer = Thread.ofPlatform().name("read-log").daemon(true).start(this::writeUntilClosed);
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
        isClosed = true;
        LockSupport.unpark(writer);
        try {
            writer.join(maxWait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
                if (isCollecting && waiting.size() >= MAX_BATCH) {
                    LockSupport.unpark(writer);
                }
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

    private void writeUntilClosed() {
        List<Entry> batch = new ArrayList<>();
        long number = 1;
        try {
            while (!isClosed || !waiting.isEmpty() || !repeated.isEmpty() || !batch.isEmpty()) {
                collect(batch);
                if (!batch.isEmpty() && isWritten(number, batch)) {
                    number++;
                    batch.forEach(entry -> entry.committed().complete(true));
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            LOG.error("The read log was interrupted with {} entries unwritten", batch.size() + waiting.size());
        }
    }

    /**
     * Takes what is there; in strict mode without waiting for more, since somebody waits for each entry. It waits without
     * looking at the queue, so that those who come meanwhile need not wake it.
     */
    private void collect(List<Entry> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            batch.addAll(repeated.before(isClosed ? Instant.MAX : clock.instant()));
            Entry first = waiting.poll(BATCH_MILLIS, TimeUnit.MILLISECONDS);
            if (first == null) {
                return;
            }
            batch.add(first);
            isCollecting = true;
            if (!isStrict && !isClosed && waiting.size() < MAX_BATCH) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BATCH_MILLIS));
            }
            isCollecting = false;
            waiting.drainTo(batch, MAX_BATCH);
        }
    }

    private boolean isWritten(long number, List<Entry> batch) throws InterruptedException {
        try {
            stored.write(number, batch.stream().map(Entry::read).toList());
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The read log cannot be written now, {} entries wait: {}", batch.size() + waiting.size(),
                    e.getClass().getSimpleName());
            if (isClosed) {
                throw new InterruptedException("No second attempt at the end");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
            return false;
        }
    }
}
