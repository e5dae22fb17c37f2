package build.leash.app.audit.readlog;

import build.leash.access.api.ApiKeyId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refusals of keys that are presented in vain over and over: nothing slows down whoever does that, so each in a line of its
 * own would fill the queue of all. Each key has some lines; what goes beyond is counted, in one line per outcome and second.
 */
final class RepeatedRefusals {

    /** Lines of its own that a key gets in a row, and per second after that. */
    static final int LINES_AT_ONCE = 20;
    private static final int LINES_PER_SECOND = 5;
    private static final int MAX_KEYS = 100_000;
    private static final Duration FORGET_AFTER = Duration.ofMinutes(1);
    private static final int MAX_COUNTED = 20_000;

    private final Cache<ApiKeyId, Bucket> lines = Caffeine.newBuilder().maximumSize(MAX_KEYS)
            .expireAfterAccess(FORGET_AFTER).build();
    private final ConcurrentHashMap<Sort, ReadLog.Entry> counted = new ConcurrentHashMap<>();

    private record Sort(ApiKeyId key, ReadKind kind, String outcome, long second) {

        static Sort of(Read read) {
            return new Sort(read.key().id(), read.kind(), read.outcome(), read.at().getEpochSecond());
        }
    }

    /** Whether the next refusal of the key is to be counted; else it is told in a line of its own. */
    boolean isToBeCounted(ApiKeyId key) {
        Bucket ofKey = lines.get(key, any -> Bucket.builder().addLimit(limit -> limit.capacity(LINES_AT_ONCE)
                .refillGreedy(LINES_PER_SECOND, Duration.ofSeconds(1))).build());
        return !ofKey.tryConsume(1) && counted.size() < MAX_COUNTED;
    }

    /** Counts it, and answers what the first of its sort became, which tells of all of them. */
    CompletableFuture<Boolean> count(Read refusal) {
        return counted.merge(Sort.of(refusal), new ReadLog.Entry(refusal, new CompletableFuture<>()),
                (first, another) -> new ReadLog.Entry(first.read().again(), first.committed())).committed();
    }

    /** Takes what was counted in the seconds that are over. */
    List<ReadLog.Entry> before(Instant now) {
        List<ReadLog.Entry> over = new ArrayList<>();
        for (Sort sort : counted.keySet()) {
            if (sort.second() < now.getEpochSecond()) {
                ReadLog.Entry entry = counted.remove(sort);
                if (entry != null) {
                    over.add(entry);
                }
            }
        }
        return over;
    }

    boolean isEmpty() {
        return counted.isEmpty();
    }
}
