package build.leash.secrets.sealing;

import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsUnreachable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /** How long somebody waits for an answer while KMS is known to give none. */
    private static final Duration SOON = Duration.ofMillis(250);

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
     * The key; without waiting if it is fresh or, when it may be stale, if KMS is known not to answer. If it may not, and
     * KMS is known not to answer, whoever asks is turned down almost at once, and KMS is asked behind their back.
     *
     * @param mayBeStale whether a key beyond its age serves while KMS gives no answer
     * @param background where to ask while nobody waits
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
        return askAndWait(mayBeStale, now, background);
    }

    private DataKey askAndWait(boolean mayBeStale, long now, Executor background) {
        Failure latest = failure;
        if (latest != null && failedLately(now)) {
            throw latest.why();
        }
        meters.miss();
        try {
            if (latest != null && latest.knowsNothing() && now - latest.at() < times.maxAge) {
                return answerSoon(ask(background), latest);
            }
            return answerOf(ask(Runnable::run));
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
            var _ = ask(background).whenComplete(this::noteRefresh);
        }
    }

    /** What KMS says is remembered; if the database failed, whoever needs the key next meets that again. */
    private void noteRefresh(@Nullable DataKey key, @Nullable Throwable failed) {
        switch (failed) {
            case null -> meters.refreshed();
            case KmsException e -> LOG.debug("A data key in use was not refreshed: {}", e.getMessage());
            case DoesNotOpen e -> LOG.debug("A data key in use was not refreshed: {}", e.getMessage());
            default -> LOG.warn("A data key in use was not refreshed: {}", failed.getClass().getName());
        }
    }

    /** Asks, unless somebody does already; then what comes of that is the answer. */
    private CompletableFuture<DataKey> ask(Executor where) {
        CompletableFuture<DataKey> mine = new CompletableFuture<>();
        CompletableFuture<DataKey> others = underWay.compareAndExchange(null, mine);
        if (others != null) {
            return others;
        }
        try {
            where.execute(() -> answer(mine));
        } catch (RejectedExecutionException e) {
            underWay.set(null);
            mine.completeExceptionally(
                    new KmsUnreachable(KmsUnreachable.Reason.BUSY, "Not asked: the application is being stopped"));
        }
        return mine;
    }

    private void answer(CompletableFuture<DataKey> mine) {
        try {
            mine.complete(askUnlessJustAnswered());
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
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
        boolean knowsNothing = e instanceof KmsException kms && kms.knowsNothing();
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

    /** KMS gave no answer a moment ago: nobody waits through all its deadlines for it to give none again. */
    private static DataKey answerSoon(CompletableFuture<DataKey> asked, Failure latest) {
        try {
            return answerOf(asked.copy().orTimeout(SOON.toMillis(), TimeUnit.MILLISECONDS));
        } catch (CompletionException e) {
            throw e.getCause() instanceof TimeoutException ? latest.why() : e;
        }
    }

    private static DataKey answerOf(CompletableFuture<DataKey> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
