package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.KmsUnreachable;
import build.leash.secrets.turns.Turns;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The data keys in memory, the only long-lived place with key material: bounded in number and age, single flight per
 * key, and never more than so many KMS calls at once, however many organizations a cold start brings. Of these turns, one
 * organization has a part at most: its slow key, and however many data keys it has, leave the others theirs.
 *
 * <p>
 * A key that nobody uses is gone when its last use is as long ago as it could have served, grace included.
 */
final class UnwrappedKeys implements AutoCloseable {

    /** How long a call waits for its turn before it is given up. */
    static final Duration MAX_WAIT = Duration.ofSeconds(5);
    /** How long the calls that are under way may go on while the application stops. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Function<DataKeyRef, DataKey> source;
    private final CachedKey.Times times;
    private final Ticker ticker;
    private final SealingMeters meters;
    private final Turns turns;
    /** Keeps itself in order while it is asked: to have another thread do that would cost a hand-off more. */
    private final Cache<DataKeyRef, CachedKey> keys;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();

    /** @param source asks KMS for a key */
    UnwrappedKeys(Function<DataKeyRef, DataKey> source, CacheProperties properties, Ticker ticker,
            SealingMeters meters) {
        this.source = source;
        this.times = CachedKey.Times.of(properties);
        this.ticker = ticker;
        this.meters = meters;
        this.turns = new Turns(properties.concurrentCalls());
        this.keys = Caffeine.newBuilder().maximumSize(properties.maxKeys())
                .expireAfterAccess(properties.maxAge().plus(properties.grace())).ticker(ticker)
                .scheduler(Scheduler.systemScheduler()).executor(Runnable::run).build();
    }

    /** A key to open with: also one that is too old, while KMS gives no answer. */
    DataKey forOpening(DataKeyRef ref) {
        return cached(ref).get(true, background);
    }

    /** A key to seal with: nothing new is put under a key about which KMS was not asked lately. */
    DataKey forSealing(DataKeyRef ref) {
        return cached(ref).get(false, background);
    }

    /** Remembers a key that was made just now. */
    void hold(DataKeyRef ref, DataKey key) {
        cached(ref).hold(key);
    }

    /** Drops all keys of an organization, and what the cache would still hold of them until it found the time. */
    void forget(OrganizationId organization) {
        keys.asMap().keySet().removeIf(ref -> ref.organization().equals(organization));
        keys.cleanUp();
    }

    @Override
    public void close() {
        keys.invalidateAll();
        background.shutdown();
        try {
            if (!background.awaitTermination(STOP_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            background.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private CachedKey cached(DataKeyRef ref) {
        return keys.get(ref, it -> new CachedKey(() -> inTurn(it), times, ticker::read, meters));
    }

    private DataKey inTurn(DataKeyRef ref) {
        try (Turns.Turn turn = turns.take(ref.organization(), MAX_WAIT)) {
            if (turn == null) {
                throw new KmsUnreachable(KmsUnreachable.Reason.BUSY, "Too many data keys are being unwrapped");
            }
            return source.apply(ref);
        }
    }
}
