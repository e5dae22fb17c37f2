package build.leash.secrets.kms.gcp;

import static build.leash.secrets.kms.KmsContract.AAD;
import static build.leash.secrets.kms.KmsContract.DATA_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.Eventually;
import build.leash.secrets.kms.KmsContract;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsUnreachable;
import build.leash.secrets.kms.WrappedKey;
import build.leash.secrets.kms.emulator.KmsEmulator;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service is slow, broken, away, or cuts the line. */
class GcpKmsInTroubleTest {

    private static final Duration TOO_SLOW = Gcp.DEADLINE.multipliedBy(3);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private KmsEmulator emulator;
    private GcpKms kms;
    private WrappedKey wrapped;

    @BeforeEach
    void start() {
        emulator = KmsEmulator.start();
        kms = Gcp.at(emulator, meters);
        wrapped = kms.wrap(kms.createKey(OrganizationId.random()), DATA_KEY, AAD);
    }

    @AfterEach
    void stop() {
        kms.close();
        emulator.close();
    }

    private long tries(Runnable call) {
        long before = emulator.counts().ofKey(wrapped.keyName());
        call.run();
        return emulator.counts().ofKey(wrapped.keyName()) - before;
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE,UNAVAILABLE", "INTERNAL,FAILED", "UNKNOWN,FAILED", "ABORTED,FAILED"})
    void triesAgainWhatMayPass(Status.Code code, KmsUnreachable.Reason reason) {
        emulator.faultsOf(wrapped.keyName()).failNext(Gcp.ATTEMPTS - 1, code.toStatus());
        assertThat(tries(() -> assertThat(kms.unwrap(wrapped, AAD)).isEqualTo(DATA_KEY))).isEqualTo(Gcp.ATTEMPTS);
        wrapped = kms.wrap(kms.createKey(OrganizationId.random()), DATA_KEY, AAD);
        emulator.faultsOf(wrapped.keyName()).failNext(Gcp.ATTEMPTS, code.toStatus());
        assertThat(tries(() -> KmsContract.assertUnreachable(reason, () -> kms.unwrap(wrapped, AAD))))
                .isEqualTo(Gcp.ATTEMPTS);
    }

    @ParameterizedTest
    @CsvSource({"RESOURCE_EXHAUSTED,QUOTA_EXCEEDED", "UNAUTHENTICATED,NOT_AUTHENTICATED"})
    void triesOnceWhatWillNotPass(Status.Code code, KmsUnreachable.Reason reason) {
        emulator.faultsOf(wrapped.keyName()).failNext(1, code.toStatus());
        assertThat(tries(() -> KmsContract.assertUnreachable(reason, () -> kms.unwrap(wrapped, AAD)))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"PERMISSION_DENIED", "NOT_FOUND", "FAILED_PRECONDITION"})
    void takesANoForAnAnswer(Status.Code code) {
        emulator.faultsOf(wrapped.keyName()).failNext(1, code.toStatus());
        assertThat(tries(() -> assertThatThrownBy(() -> kms.unwrap(wrapped, AAD)).isInstanceOf(KmsException.class)
                .hasMessageContaining(code.name()).hasMessageNotContaining("injected").hasNoCause())).isEqualTo(1);
    }

    @Test
    void waitsNoLongerThanItsDeadlines() {
        emulator.faultsOf(wrapped.keyName()).delay(TOO_SLOW);
        assertThat(tries(() -> KmsContract.assertUnreachable(KmsUnreachable.Reason.TIMED_OUT,
                () -> kms.unwrap(wrapped, AAD)))).isBetween(1L, (long) Gcp.ATTEMPTS);
    }

    @Test
    void letsNoSlowKeyStallAnother() {
        emulator.faultsOf(wrapped.keyName()).delay(TOO_SLOW);
        String quick = kms.createKey(OrganizationId.random());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<?>[] slow = IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> assertThatThrownBy(() -> kms.unwrap(wrapped, AAD))
                                    .isInstanceOf(KmsUnreachable.class),
                            callers))
                    .toArray(CompletableFuture[]::new);
            Eventually.holds(() -> emulator.counts().mostUnderWay() >= 4);
            for (int i = 0; i < 20; i++) {
                kms.wrap(quick, DATA_KEY, AAD); // one that had to wait would be turned down
            }
            CompletableFuture.allOf(slow).join();
        }
        assertThat(emulator.counts().mostUnderWay()).isLessThanOrEqualTo(4 + 4 + 1);
    }

    @Test
    void leavesABrokenKeyAloneForAMomentAndRecovers() {
        emulator.faultsOf(wrapped.keyName()).failWith(Status.UNAVAILABLE);
        Eventually.holds(() -> reasonOfFailure() == KmsUnreachable.Reason.CIRCUIT_OPEN);
        assertThat(meters.get("leash.kms.circuits.open").gauge().value()).isEqualTo(1);
        assertThat(tries(() -> KmsContract.assertUnreachable(KmsUnreachable.Reason.CIRCUIT_OPEN,
                () -> kms.unwrap(wrapped, AAD)))).isZero();
        emulator.faultsOf(wrapped.keyName()).clear();
        Eventually.holds(() -> reasonOfFailure() == null);
    }

    @Test
    void doesNotLeaveAKeyAloneThatIsRefused() {
        emulator.faultsOf(wrapped.keyName()).deny();
        for (int i = 0; i < 30; i++) {
            assertThat(tries(() -> assertThatThrownBy(() -> kms.unwrap(wrapped, AAD)))).isEqualTo(1);
        }
    }

    @Test
    void turnsDownAThreadThatIsBeingStopped() {
        Thread.currentThread().interrupt();
        KmsContract.assertUnreachable(KmsUnreachable.Reason.BUSY, () -> kms.unwrap(wrapped, AAD));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void survivesDroppedConnections() {
        for (int i = 0; i < 5; i++) {
            emulator.dropConnections();
            Eventually.holds(() -> reasonOfFailure() == null);
        }
    }

    @Test
    void isUnreachableWhileNobodyListensAndRecovers() {
        emulator.stop();
        assertThat(reasonOfFailure()).isIn(KmsUnreachable.Reason.UNAVAILABLE, KmsUnreachable.Reason.TIMED_OUT);
        emulator.resume();
        Eventually.holds(() -> reasonOfFailure() == null);
    }

    private KmsUnreachable.@Nullable Reason reasonOfFailure() {
        try {
            kms.unwrap(wrapped, AAD);
            return null;
        } catch (KmsUnreachable e) {
            return e.reason();
        }
    }
}
