package build.leash.app.dashboard.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * How many failed attempts to sign in there may be on this node: {@value #PER_ACCOUNT} for an account and
 * {@value #PER_ADDRESS} from an address, each within ten minutes. One that succeeds does not count.
 */
@Component
final class Attempts {

    static final int PER_ACCOUNT = 10;
    static final int PER_ADDRESS = 60;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MAX_BUCKETS = 50_000;

    private final Cache<String, Bucket> accounts = cache();
    private final Cache<String, Bucket> addresses = cache();

    /** Whether the attempt may be made; it counts until {@link #succeeded} says otherwise. */
    boolean begin(String account, String address) {
        return bucket(addresses, address, PER_ADDRESS).tryConsume(1)
                && bucket(accounts, account, PER_ACCOUNT).tryConsume(1);
    }

    void succeeded(String account, String address) {
        bucket(accounts, account, PER_ACCOUNT).reset();
        bucket(addresses, address, PER_ADDRESS).addTokens(1);
    }

    private static Bucket bucket(Cache<String, Bucket> cache, String key, int capacity) {
        return cache.get(key, k -> Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, WINDOW)).build());
    }

    private static Cache<String, Bucket> cache() {
        return Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(WINDOW).build();
    }
}
