package build.leash.secrets.kms.gcp;

import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsUnreachable;
import build.leash.secrets.kms.gcp.Statuses.Operation;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.api.gax.rpc.ApiException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.exception.AcquirePermissionCancelledException;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Stands between us and each key, so that one organization's slow or broken key takes nothing from the others: a bound
 * on the calls under way, tries repeated with exponential backoff and jitter, and a circuit that opens when half of the
 * latest calls came to nothing. A no from KMS is an answer and never opens it. Administration is guarded apart: it has a
 * quota of its own, and using it up keeps nobody from wrapping and unwrapping.
 */
final class KeyGuards {

    /** Of a key's calls, how many the circuit remembers, and from how many on it judges. */
    private static final int REMEMBERED_CALLS = 20;
    private static final int MINIMUM_CALLS = 5;
    private static final int TRIAL_CALLS = 2;
    private static final int BACKOFF_FACTOR = 2;
    private static final double JITTER = 0.5;
    private static final int MAX_KEYS = 10_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private final LoadingCache<String, Guard> guards;
    private final BulkheadConfig bulkhead;
    private final RetryConfig retry;
    private final CircuitBreakerConfig circuit;

    KeyGuards(GcpProperties properties) {
        bulkhead = BulkheadConfig.custom().maxConcurrentCalls(properties.concurrentPerKey())
                .maxWaitDuration(properties.deadline()).writableStackTraceEnabled(false).build();
        retry = RetryConfig.custom().maxAttempts(properties.attempts())
                .intervalFunction(
                        IntervalFunction.ofExponentialRandomBackoff(properties.backoff(), BACKOFF_FACTOR, JITTER))
                .retryOnException(e -> e instanceof KmsException failure && failure.isWorthRepeating()).build();
        circuit = CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(REMEMBERED_CALLS).minimumNumberOfCalls(MINIMUM_CALLS)
                .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                .waitDurationInOpenState(properties.circuitOpenFor())
                .recordException(KmsUnreachable.class::isInstance).writableStackTraceEnabled(false).build();
        guards = Caffeine.newBuilder().maximumSize(MAX_KEYS).expireAfterAccess(FORGOTTEN_AFTER).build(this::guard);
    }

    /** Makes the call, again if that is worth it, and says in our own words why it did not work. */
    <T> T call(Operation operation, String keyName, Supplier<T> request) {
        Guard guard = guards.get(operation == Operation.ADMINISTER ? "administer " + keyName : keyName);
        try {
            return guard.bulkhead().executeSupplier(() -> guard.retry().executeSupplier(
                    () -> guard.circuit().executeSupplier(() -> once(operation, keyName, request))));
        } catch (CallNotPermittedException e) {
            throw new KmsUnreachable(KmsUnreachable.Reason.CIRCUIT_OPEN, "Cloud KMS is not asked about " + keyName
                    + " for a moment: its latest calls came to nothing");
        } catch (BulkheadFullException | AcquirePermissionCancelledException e) {
            throw new KmsUnreachable(KmsUnreachable.Reason.BUSY, "Too many calls are under way with " + keyName
                    + ", or this one is not needed any more");
        }
    }

    /** How many keys are left alone just now. */
    long openCircuits() {
        return guards.asMap().values().stream()
                .filter(guard -> guard.circuit().getState() == CircuitBreaker.State.OPEN).count();
    }

    private static <T> T once(Operation operation, String keyName, Supplier<T> request) {
        try {
            return request.get();
        } catch (ApiException e) {
            throw Statuses.meaning(e, operation, keyName);
        }
    }

    private Guard guard(String keyName) {
        return new Guard(Bulkhead.of(keyName, bulkhead), Retry.of(keyName, retry),
                CircuitBreaker.of(keyName, circuit));
    }

    private record Guard(Bulkhead bulkhead, Retry retry, CircuitBreaker circuit) {}
}
