package build.leash.app.audit.readlog;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.AppKey;
import build.leash.access.api.Rejected;
import build.leash.app.web.RequestId;
import build.leash.app.web.error.Problem;
import build.leash.config.api.HandOff;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.RuntimeEnv;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records reads. Entries wait in a bounded queue for one writer, which commits them in batches; none is dropped. When the
 * database falls behind, hand-offs become slow, and are refused when they would have to wait too long.
 */
public final class ReadLog implements AutoCloseable {

    static final int MAX_WAITING = 20_000;
    private static final int MAX_BATCH = 5_000;
    private static final int MAX_WAIT_SECONDS = 10;
    private static final long BATCH_MILLIS = 200;
    private static final long RETRY_MILLIS = 250;
    private static final Logger LOG = LoggerFactory.getLogger(ReadLog.class);

    private final StoredReads stored;
    private final boolean isStrict;
    private final Clock clock;
    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread writer;
    private volatile boolean isClosed;

    private record Entry(Read read, CompletableFuture<Boolean> committed) {}

    ReadLog(StoredReads stored, boolean isStrict, Clock clock) {
        this.stored = stored;
        this.isStrict = isStrict;
        this.clock = clock;
        this.writer = Thread.ofPlatform().name("read-log").daemon(true).start(this::writeUntilClosed);
    }

    /**
     * Does the hand-off and records it, or its refusal.
     *
     * @throws Rejected {@link AccessRejection#STORAGE_UNAVAILABLE} if it cannot be recorded in time; the hand-off is then
     *         not answered
     */
    public HandOff recorded(HttpServletRequest request, AppKey key, String slug, Supplier<HandOff> handOff) {
        try {
            HandOff done = handOff.get();
            String outcome = done instanceof HandOff.Unchanged ? "unchanged" : "handed_off";
            record(List.of(Read.of(request, clock.instant(), key, slug, done.version().toString(), outcome)));
            return done;
        } catch (RecordingFailed e) {
            throw e.rejection();
        } catch (RuntimeException e) {
            String code = Problem.of(e, RequestId.of(request)).code();
            recordRefusal(List.of(Read.of(request, clock.instant(), key, slug, null, code)));
            throw e;
        }
    }

    /**
     * Reads env values and records each, or the refusal of each.
     *
     * @param keys as they came, whatever they are
     * @throws Rejected {@link AccessRejection#STORAGE_UNAVAILABLE} if it cannot be recorded in time; the values are then
     *         not answered
     */
    public RuntimeEnv.Env recorded(HttpServletRequest request, AppKey app, List<String> keys,
            Supplier<RuntimeEnv.Env> read) {
        Instant now = clock.instant();
        try {
            RuntimeEnv.Env env = read.get();
            record(env.versions().entrySet().stream().map(version -> Read.ofEnv(request, now, app, version.getKey(),
                    version.getValue(), "read")).toList());
            return env;
        } catch (RecordingFailed e) {
            throw e.rejection();
        } catch (RuntimeException e) {
            String code = Problem.of(e, RequestId.of(request)).code();
            List<Read> named = keys.stream().filter(EnvKey::isValid).distinct()
                    .map(key -> Read.ofEnv(request, now, app, key, null, code)).toList();
            recordRefusal(named.isEmpty() ? List.of(Read.ofEnv(request, now, app, null, null, code)) : named);
            throw e;
        }
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        isClosed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(MAX_WAIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void recordRefusal(List<Read> reads) {
        try {
            record(reads);
        } catch (RecordingFailed e) {
            throw e.rejection();
        }
    }

    private void record(List<Read> reads) {
        List<Entry> entries = reads.stream().map(read -> new Entry(read, new CompletableFuture<>())).toList();
        try {
            for (Entry entry : entries) {
                if (!waiting.offer(entry, MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new RecordingFailed();
                }
            }
            for (Entry entry : isStrict ? entries : List.<Entry>of()) {
                entry.committed().get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RecordingFailed();
        } catch (ExecutionException | TimeoutException e) {
            throw new RecordingFailed();
        }
    }

    private void writeUntilClosed() {
        List<Entry> batch = new ArrayList<>();
        try {
            while (!isClosed || !waiting.isEmpty() || !batch.isEmpty()) {
                collect(batch);
                if (!batch.isEmpty() && isWritten(batch)) {
                    batch.forEach(entry -> entry.committed().complete(true));
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            LOG.error("The read log was interrupted with {} entries unwritten", batch.size() + waiting.size());
        }
    }

    /** Takes what is there; in strict mode without waiting for more, since somebody waits for each entry. */
    private void collect(List<Entry> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            Entry first = waiting.poll(BATCH_MILLIS, TimeUnit.MILLISECONDS);
            if (first == null) {
                return;
            }
            batch.add(first);
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(isStrict || isClosed ? 0 : BATCH_MILLIS);
            while (batch.size() < MAX_BATCH) {
                Entry next = waiting.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (next == null) {
                    return;
                }
                batch.add(next);
            }
        }
    }

    private boolean isWritten(List<Entry> batch) throws InterruptedException {
        try {
            stored.write(batch.stream().map(Entry::read).toList());
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

    /** Told apart from what the hand-off itself throws, so that a refusal is not recorded twice. */
    private static final class RecordingFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Rejected rejection() {
            return new Rejected(AccessRejection.STORAGE_UNAVAILABLE, "The read cannot be recorded at the moment.");
        }
    }
}
