package build.leash.secrets.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.kms.emulator.KmsEmulator;
import build.leash.secrets.kms.gcp.Gcp;
import build.leash.secrets.kms.gcp.GcpKms;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What KMS sees of many organizations. */
class ManyOrganizationsTest {

    private KmsEmulator emulator;
    private GcpKms gcp;
    private House house;

    @BeforeEach
    void start() {
        emulator = KmsEmulator.start();
        gcp = Gcp.patientAt(emulator, new SimpleMeterRegistry());
        house = new House(gcp);
    }

    @AfterEach
    void stop() {
        house.close();
        gcp.close();
        emulator.close();
    }

    private Map<OrganizationId, SecretRef> found(int organizations) {
        Map<OrganizationId, SecretRef> secrets = new LinkedHashMap<>();
        for (int i = 0; i < organizations; i++) {
            OrganizationId organization = OrganizationId.random();
            secrets.put(organization, house.seal(organization, "token"));
        }
        return secrets;
    }

    @Test
    void costsAboutOneCallPerOrganizationAndMinute() {
        int organizations = 100;
        int minutes = 10;
        Map<OrganizationId, SecretRef> secrets = found(organizations);
        long before = emulator.counts().all();
        int rounds = 100 * minutes;
        for (int round = 0; round < rounds; round++) {
            secrets.forEach((organization, ref) -> assertThat(house.open(organization, ref)).isEqualTo("token"));
            house.time.pass(Duration.ofMinutes(minutes).dividedBy(rounds));
        }
        assertThat(emulator.counts().all() - before).isBetween((long) organizations * (minutes - 1),
                (long) (organizations * minutes * 1.2));
    }

    @Test
    void doesNotStampedeAfterAColdStart() {
        int organizations = 1_000;
        Map<OrganizationId, SecretRef> secrets = found(organizations);
        secrets.keySet().forEach(house.dataKeys::forget);
        emulator.faults().delay(Duration.ofMillis(5));
        long before = emulator.counts().all();
        AtomicInteger opened = new AtomicInteger();
        try (ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int fetch = 0; fetch < 3; fetch++) {
                secrets.forEach((organization, ref) -> fetchers.execute(() -> {
                    house.open(organization, ref);
                    opened.incrementAndGet();
                }));
            }
        }
        assertThat(opened).hasValue(3 * organizations);
        assertThat(emulator.counts().all() - before).isEqualTo(organizations);
        assertThat(emulator.counts().mostUnderWay()).isLessThanOrEqualTo(House.CONCURRENT_CALLS);
    }
}
