package build.leash.secrets.kms;

import static build.leash.secrets.kms.KmsContract.AAD;
import static build.leash.secrets.kms.KmsContract.DATA_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.KmsHealth;
import build.leash.secrets.kms.emulator.KmsEmulator;
import build.leash.secrets.kms.gcp.Gcp;
import build.leash.secrets.kms.gcp.GcpKms;
import build.leash.secrets.kms.local.LocalKms;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KmsProvidersTest {

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MovableTime time = new MovableTime();
    private KmsEmulator emulator;
    private GcpKms gcp;
    private KmsProviders providers;

    @BeforeEach
    void start() {
        emulator = KmsEmulator.start();
        gcp = Gcp.at(emulator, meters);
        providers = new KmsProviders(List.of(new LocalKms(directory.resolve("keyring")), gcp), "gcp", meters, time,
                time);
    }

    @AfterEach
    void stop() {
        gcp.close();
        emulator.close();
    }

    @Test
    void findsTheProviderThatIsStoredBesideAKey() {
        assertThat(providers.named("local").provider()).isEqualTo("local");
        assertThat(providers.named("gcp").provider()).isEqualTo("gcp");
        assertThat(providers.forNewOrganizations().provider()).isEqualTo("gcp");
        KmsContract.assertRefused(KmsRefused.Reason.NOT_FOUND, () -> providers.named("vault"));
    }

    @Test
    void doesNotStartWithoutTheChosenProvider() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KmsProviders(List.of(gcp), "local", meters, time, time))
                .withMessageContaining("leash.kms.provider");
    }

    @Test
    void countsCallsByTheirOutcome() {
        Kms kms = providers.named("gcp");
        WrappedKey wrapped = kms.wrap(kms.createKey(OrganizationId.random()), DATA_KEY, AAD);
        assertThatThrownBy(() -> kms.unwrap(wrapped, DATA_KEY));
        emulator.faults().deny();
        assertThatThrownBy(() -> kms.unwrap(wrapped, AAD));
        emulator.faults().failWith(Status.UNAVAILABLE);
        assertThatThrownBy(() -> kms.unwrap(wrapped, AAD));
        assertThat(calls("wrap", "ok", "none")).isEqualTo(1);
        assertThat(calls("unwrap", "corrupted", "not_authentic")).isEqualTo(1);
        assertThat(calls("unwrap", "refused", "permission_denied")).isEqualTo(1);
        assertThat(calls("unwrap", "unreachable", "unavailable")).isEqualTo(1);
    }

    private long calls(String operation, String outcome, String kind) {
        return meters.get("leash.kms.calls")
                .tags("provider", "gcp", "operation", operation, "outcome", outcome, "kind", kind).timer().count();
    }

    @Test
    void tellsItsHealth() {
        Kms kms = providers.named("gcp");
        String key = kms.createKey(OrganizationId.random());
        assertThat(health()).satisfies(it -> assertThat(it.reachable()).isTrue());
        emulator.faults().failWith(Status.UNAVAILABLE);
        assertThatThrownBy(() -> kms.wrap(key, DATA_KEY, AAD));
        assertThat(health().reachable()).isFalse();
        assertThat(health().lastError()).isEqualTo("unavailable");
        assertThat(meters.get("leash.kms.reachable").tag("provider", "gcp").gauge().value()).isZero();
        emulator.faults().clear();
        kms.wrap(key, DATA_KEY, AAD);
        assertThat(health().reachable()).isTrue();
    }

    private KmsHealth.Provider health() {
        return providers.providers().stream().filter(it -> it.name().equals("gcp")).findAny().orElseThrow();
    }

    @Test
    void turnsCallsDownAtOnceWhileTheProviderIsOutOfReachAndProbesIt() {
        Kms kms = providers.named("gcp");
        List<String> keys = IntStream.range(0, 5).mapToObj(i -> kms.createKey(OrganizationId.random())).toList();
        emulator.faults().failWith(Status.UNAVAILABLE);
        keys.stream().limit(Reach.SILENT_KEYS).forEach(key -> KmsContract
                .assertUnreachable(KmsUnreachable.Reason.UNAVAILABLE, () -> kms.wrap(key, DATA_KEY, AAD)));
        assertThatThrownBy(() -> kms.wrap(keys.get(3), DATA_KEY, AAD)); // the first probe
        long before = emulator.counts().all();
        KmsContract.assertUnreachable(KmsUnreachable.Reason.CIRCUIT_OPEN,
                () -> kms.wrap(keys.get(4), DATA_KEY, AAD));
        assertThat(emulator.counts().all()).isEqualTo(before);
        emulator.faults().clear();
        time.pass(Reach.PROBE_EVERY);
        kms.wrap(keys.get(4), DATA_KEY, AAD);
        keys.forEach(key -> kms.wrap(key, DATA_KEY, AAD));
    }

    @Test
    void letsAFewSilentKeysNotHideFromTheOthersThatAllIsWell() {
        Kms kms = providers.named("gcp");
        List<String> broken = IntStream.range(0, Reach.SILENT_KEYS)
                .mapToObj(i -> kms.createKey(OrganizationId.random())).toList();
        String sound = kms.createKey(OrganizationId.random());
        broken.forEach(key -> emulator.faultsOf(key).failWith(Status.UNAVAILABLE));
        broken.forEach(key -> assertThatThrownBy(() -> kms.wrap(key, DATA_KEY, AAD)));
        assertThatThrownBy(() -> kms.wrap(broken.getFirst(), DATA_KEY, AAD)); // takes the turn of the silent ones
        kms.wrap(sound, DATA_KEY, AAD);
    }

    @Test
    void doesNotTakeSilenceAboutAdministrationForASilentProvider() {
        Kms kms = providers.named("gcp");
        List<String> keys = IntStream.range(0, 2 * Reach.SILENT_KEYS)
                .mapToObj(i -> kms.createKey(OrganizationId.random())).toList();
        for (String key : keys) {
            for (int i = 0; i < 10; i++) {
                emulator.faultsOf(key).failNext(1, Status.RESOURCE_EXHAUSTED);
                assertThatThrownBy(() -> kms.describe(key)).isInstanceOf(KmsUnreachable.class);
                emulator.faultsOf(key).clear();
            }
        }
        assertThat(health().reachable()).isTrue();
        keys.forEach(key -> kms.wrap(key, DATA_KEY, AAD));
    }

    @Test
    void doesNotTakeOneSilentKeyForASilentProvider() {
        Kms kms = providers.named("gcp");
        String broken = kms.createKey(OrganizationId.random());
        String sound = kms.createKey(OrganizationId.random());
        emulator.faultsOf(broken).failWith(Status.UNAVAILABLE);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> kms.wrap(broken, DATA_KEY, AAD)).isInstanceOf(KmsUnreachable.class);
            kms.wrap(sound, DATA_KEY, AAD);
        }
    }
}
