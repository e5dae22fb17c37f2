package build.leash.secrets.sealing;

import build.leash.secrets.kms.KmsCorrupted;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsRefused;
import build.leash.secrets.kms.KmsUnreachable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One data key in memory: when KMS last gave it, what came of asking again, and whether somebody is asking just now.
 * Whoever comes meanwhile waits for the same answer, good or bad.
 */
final class CachedKey {

    private static final Logger LOG = LoggerFactory.getLogger(CachedKey.class);

    private final Supplier<DataKey> source;
    private final Times times;
    private final LongSupplier nanoTime;
    private final SealingMeters meters;
    private final AtomicReference<@Nullable CompletableFuture<DataKey>> underWay = new AtomicReference<>();
    private volatile @Nullable Held held;
    private volatile @Nullable Failure failure;

    /** Nanoseconds each, as {@link CacheProperties} explains them. */
    record Times(long maxAge, long refreshAhead, long grace, long retryEvery) {

        static Times of(CacheProperties properties) {
            return new Times(properties.maxAge().toNanos(), properties.refreshAhead().toNanos(),
                    properties.grace().toNanos(), properties.retryEvery().toNanos());
        }
    }

    private record Held(DataKey key, long givenAt) {}

    private record Failure(RuntimeException why, long at, boolean knowsNothing) {}

    /** @param source asks KMS */
    CachedKey(Supplier<DataKey> source, Times times, LongSupplier nanoTime, SealingMeters meters) {
        this.source = source;
        this.times = times;
        this.nanoTime = nanoTime;
        this.meters = meters;
    }

    /** Remembers a key that was made just now. */
    void hold(DataKey key) {
        held = new Held(key, nanoTime.getAsLong());
        failure = null;
    }

    /**
     * The key; without waiting if it is fresh or, when it may be stale, if KMS is known not to answer.
     *
     * @param mayBeStale whether a key beyond its age serves while KMS gives no answer
     * @param background where to ask again for a key that goes on being used
     */
    DataKey get(boolean mayBeStale, Executor background) {
        long now = nanoTime.getAsLong();
        Held known = held;
        if (known != null && age(known, now) < times.maxAge) {
            askAgainIf(age(known, now) >= times.maxAge - times.refreshAhead, now, background);
            meters.hit();
            return known.key();
        }
        if (mayBeStale && known != null && isInGrace(known, now)) {
            askAgainIf(true, now, background);
            meters.servedInGrace();
            return known.key();
        }
        return askAndWait(mayBeStale, now);
    }

    private DataKey askAndWait(boolean mayBeStale, long now) {
        Failure latest = failure;
        if (latest != null && failedLately(now)) {
            throw latest.why();
        }
        meters.miss();
        try {
            return ask();
        } catch (KmsException e) {
            Held known = held;
            if (mayBeStale && known != null && isInGrace(known, nanoTime.getAsLong())) {
                return known.key();
            }
            throw e;
        }
    }

    private void askAgainIf(boolean due, long now, Executor background) {
        if (due && !failedLately(now) && underWay.get() == null) {
            background.execute(this::askQuietly);
        }
    }

    /** What KMS says is remembered; if the database failed, whoever needs the key next meets that again. */
    private void askQuietly() {
        try {
            ask();
            meters.refreshed();
        } catch (KmsException | DoesNotOpen e) {
            LOG.debug("A data key in use was not refreshed: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("A data key in use was not refreshed: {}", e.getClass().getName());
        }
    }

    private DataKey ask() {
        CompletableFuture<DataKey> mine = new CompletableFuture<>();
        CompletableFuture<DataKey> others = underWay.compareAndExchange(null, mine);
        if (others != null) {
            return answerOf(others);
        }
        try {
            DataKey key = askUnlessJustAnswered();
            mine.complete(key);
            return key;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.set(null);
        }
    }

    private DataKey askUnlessJustAnswered() {
        long now = nanoTime.getAsLong();
        Held known = held;
        if (known != null && age(known, now) < times.maxAge - times.refreshAhead) {
            return known.key();
        }
        try {
            DataKey key = source.get();
            held = new Held(key, now);
            failure = null;
            return key;
        } catch (KmsException | DoesNotOpen e) {
            remember(e);
            throw e;
        }
    }

    private void remember(RuntimeException e) {
        boolean knowsNothing = switch (e) {
            case KmsUnreachable unreachable -> true;
            case KmsCorrupted corrupted -> corrupted.reason() != KmsCorrupted.Reason.NOT_AUTHENTIC;
            case KmsRefused refused -> false;
            default -> false;
        };
        LOG.warn("A data key is {}: {}", knowsNothing ? "not confirmed" : "dropped", e.getMessage());
        if (!knowsNothing) {
            held = null;
        }
        failure = new Failure(e, nanoTime.getAsLong(), knowsNothing);
    }

    private boolean isInGrace(Held known, long now) {
        Failure latest = failure;
        return latest != null && latest.knowsNothing() && age(known, now) < times.maxAge + times.grace;
    }

    private boolean failedLately(long now) {
        Failure latest = failure;
        return latest != null && now - latest.at() < times.retryEvery;
    }

    private static long age(Held known, long now) {
        return now - known.givenAt();
    }

    private static DataKey answerOf(CompletableFuture<DataKey> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
