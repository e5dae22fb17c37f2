package build.leash.app.web;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.Rejected;
import build.leash.app.web.error.ErrorCode;
import build.leash.app.web.error.Problem;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How often an API key may be used: a token bucket per key on each node, as deep as two seconds' worth. */
@Component
public class RateLimit {

    private static final int MAX_BUCKETS = 100_000;
    private static final Duration FORGET_AFTER = Duration.ofMinutes(1);

    /** Keeps itself in order while it is asked: to have another thread do that would cost a request more. */
    private final Cache<ApiKeyId, Bucket> buckets = Caffeine.newBuilder().maximumSize(MAX_BUCKETS)
            .expireAfterAccess(FORGET_AFTER).executor(Runnable::run).build();
    private final long perSecond;

    RateLimit(@Value("${leash.rate-limit.requests-per-second}") long perSecond) {
        this.perSecond = perSecond;
    }

    /** @throws Rejected {@link ErrorCode#RATE_LIMITED} if the key was used too often */
    public void use(ApiKeyId key) {
        ConsumptionProbe probe = buckets.get(key, this::bucket).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
            throw new Rejected(ErrorCode.RATE_LIMITED, "The API key is used too often.",
                    Map.of(Problem.RETRY_AFTER, seconds));
        }
    }

    private Bucket bucket(ApiKeyId key) {
        return Bucket.builder().addLimit(
                limit -> limit.capacity(2 * perSecond).refillGreedy(perSecond, Duration.ofSeconds(1))).build();
    }
}
