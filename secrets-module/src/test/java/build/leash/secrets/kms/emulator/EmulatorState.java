package build.leash.secrets.kms.emulator;

import com.google.cloud.kms.v1.CryptoKey;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Key rings, keys and faults; survives a restart of the server, as KMS survives a broken connection. */
final class EmulatorState implements AutoCloseable {

    /** The least that Cloud KMS allows between scheduling and destroying. */
    private static final Duration LEAST_TIME_TO_DESTRUCTION = Duration.ofHours(24);
    private static final int ANSWERING_THREADS = 4;

    private final Set<String> keyRings = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, EmulatedKey> keys = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Faults> faults = new ConcurrentHashMap<>();
    private final Faults faultsOfAll = new Faults();
    private final CallCounts counts = new CallCounts();
    private final ScheduledExecutorService answers = Executors.newScheduledThreadPool(ANSWERING_THREADS,
            Thread.ofPlatform().daemon().name("kms-emulator-", 0).factory());
    private volatile Duration ahead = Duration.ZERO;

    Instant now() {
        return Instant.now().plus(ahead);
    }

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    CallCounts counts() {
        return counts;
    }

    Faults faultsOfAll() {
        return faultsOfAll;
    }

    Faults faultsOf(String keyName) {
        return faults.computeIfAbsent(keyName, name -> new Faults());
    }

    void addKeyRing(String name) {
        keyRings.add(name);
    }

    EmulatedKey key(String name) {
        EmulatedKey key = keys.get(name);
        if (key == null) {
            throw Status.NOT_FOUND.withDescription("CryptoKey " + name + " not found.").asRuntimeException();
        }
        return key;
    }

    CryptoKey create(String keyRing, String name, CryptoKey wanted) {
        if (!keyRings.contains(keyRing)) {
            throw Status.NOT_FOUND.withDescription("KeyRing " + keyRing + " not found.").asRuntimeException();
        }
        long kept = wanted.getDestroyScheduledDuration().getSeconds();
        boolean rotates = wanted.hasRotationPeriod() == wanted.hasNextRotationTime();
        if (kept < LEAST_TIME_TO_DESTRUCTION.toSeconds() || !rotates) {
            throw Status.INVALID_ARGUMENT.withDescription("Unacceptable durations").asRuntimeException();
        }
        EmulatedKey key = new EmulatedKey(name, wanted);
        if (keys.putIfAbsent(name, key) != null) {
            throw Status.ALREADY_EXISTS.withDescription("CryptoKey " + name + " already exists.").asRuntimeException();
        }
        return key.describe(now());
    }

    /** Answers a call about a key, after the injected latency and unless an injected failure is due. */
    <T> void answer(String keyName, StreamObserver<T> observer, Supplier<T> work) {
        counts.begins(keyName);
        Duration latency = faultsOf(keyName).latency().plus(faultsOfAll.latency());
        var unused = answers.schedule(() -> answerNow(keyName, observer, work), latency.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private <T> void answerNow(String keyName, StreamObserver<T> observer, Supplier<T> work) {
        T answer;
        try {
            answer = workFor(keyName, work);
        } catch (StatusRuntimeException e) {
            observer.onError(e);
            return;
        }
        observer.onNext(answer);
        observer.onCompleted();
    }

    /** The call counts as over before its answer leaves: whoever has the answer may call again at once. */
    private <T> T workFor(String keyName, Supplier<T> work) {
        try {
            faultsOfAll.failIfDue();
            faultsOf(keyName).failIfDue();
            return work.get();
        } finally {
            counts.ends();
        }
    }

    @Override
    public void close() {
        answers.shutdownNow();
    }
}
