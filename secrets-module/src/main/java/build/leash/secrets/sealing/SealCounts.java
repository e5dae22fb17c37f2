package build.leash.secrets.sealing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Counts what each data key encrypts. A node writes down {@value #BLOCK} encryptions before it makes the first of them,
 * so that a crash makes the count too high, never too low; a write that needs more than is left is counted by the next
 * one.
 */
final class SealCounts {

    static final int BLOCK = 100;
    private static final int MAX_KEYS = 10_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final StoredDataKeys stored;
    private final TransactionOperations ownTransaction;
    private final Cache<DataKeyRef, AtomicInteger> left = Caffeine.newBuilder().maximumSize(MAX_KEYS)
            .expireAfterAccess(FORGOTTEN_AFTER).build();

    SealCounts(StoredDataKeys stored, TransactionOperations ownTransaction) {
        this.stored = stored;
        this.ownTransaction = ownTransaction;
    }

    /** Sees to it that something is left. */
    void prepare(DataKeyRef key) {
        AtomicInteger count = left(key);
        while (count.get() <= 0) {
            ownTransaction.executeWithoutResult(status -> stored.addSeals(key.organization(), key.id(), BLOCK));
            count.addAndGet(BLOCK);
        }
    }

    /** One encryption was made. */
    void sealed(DataKeyRef key) {
        left(key).decrementAndGet();
    }

    private AtomicInteger left(DataKeyRef key) {
        return left.get(key, it -> new AtomicInteger());
    }
}
