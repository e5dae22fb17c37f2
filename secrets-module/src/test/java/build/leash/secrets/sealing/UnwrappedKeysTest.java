package build.leash.secrets.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.AesGcm;
import build.leash.secrets.kms.Eventually;
import build.leash.secrets.kms.KmsUnreachable;
import build.leash.secrets.kms.MovableTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a turn at asking KMS, and what becomes of those who come late. */
class UnwrappedKeysTest {

    private static final int TURNS = 16;
    private static final CacheProperties PROPERTIES = new CacheProperties(Duration.ofSeconds(60),
            Duration.ofSeconds(6), Duration.ofMinutes(15), Duration.ofSeconds(5), 100, TURNS);

    private final MovableTime time = new MovableTime();
    private final OrganizationId slow = OrganizationId.random();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch answers = new CountDownLatch(1);
    private final UnwrappedKeys keys = new UnwrappedKeys(this::unwrap, PROPERTIES, time,
            new SealingMeters(new SimpleMeterRegistry()));

    @AfterEach
    void stop() {
        answers.countDown();
        keys.close();
    }

    private DataKey unwrap(DataKeyRef ref) {
        asked.incrementAndGet();
        if (ref.organization().equals(slow)) {
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return new DataKey(ref.id(), AesGcm.with(AesGcm.randomKey()));
    }

    private static DataKeyRef keyOf(OrganizationId organization) {
        return new DataKeyRef(organization, UUID.randomUUID());
    }

    @Test
    void leavesTheOthersTheirTurnsHoweverManyDataKeysOfOneOrganizationAreWaitedFor() {
        try (ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4 * TURNS; i++) {
                fetchers.execute(() -> assertThat(keys.forOpening(keyOf(slow))).isNotNull());
            }
            Eventually.holds(() -> asked.get() > 0);
            for (int i = 0; i < 4 * TURNS; i++) {
                assertThat(keys.forOpening(keyOf(OrganizationId.random()))).isNotNull();
            }
            answers.countDown();
        }
        assertThat(asked).hasValue(8 * TURNS);
    }

    @Test
    void servesWhatItHasAndAsksNobodyAnyMoreOnceItIsStopped() {
        DataKeyRef known = keyOf(OrganizationId.random());
        CachedKey cached = new CachedKey(() -> unwrap(known), CachedKey.Times.of(PROPERTIES), time::read,
                new SealingMeters(new SimpleMeterRegistry()));
        ExecutorService stopped = Executors.newVirtualThreadPerTaskExecutor();
        cached.get(true, stopped);
        stopped.close();
        time.pass(Duration.ofSeconds(55));
        assertThat(cached.get(true, stopped).id()).isEqualTo(known.id());
        assertThat(asked).hasValue(1);
        time.pass(Duration.ofSeconds(1));
        assertThat(cached.get(true, Runnable::run).id()).isEqualTo(known.id());
        assertThat(asked).hasValue(2);
    }

    @Test
    void turnsDownWhoIsInterruptedWhileWaiting() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> keys.forOpening(keyOf(OrganizationId.random()))).isInstanceOfSatisfying(
                KmsUnreachable.class, e -> assertThat(e.reason()).isEqualTo(KmsUnreachable.Reason.BUSY));
        assertThat(Thread.interrupted()).isTrue();
    }
}
