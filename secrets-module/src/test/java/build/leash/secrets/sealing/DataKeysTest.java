package build.leash.secrets.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.kms.KmsCorrupted;
import build.leash.secrets.kms.emulator.Corruption;
import build.leash.secrets.kms.Eventually;
import build.leash.secrets.kms.KmsContract;
import build.leash.secrets.kms.emulator.KmsEmulator;
import build.leash.secrets.kms.gcp.Gcp;
import build.leash.secrets.kms.gcp.GcpKms;
import build.leash.secrets.kms.local.LocalKms;
import com.google.cloud.kms.v1.CryptoKey.CryptoKeyPurpose;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data keys come, are succeeded, and move from one KEK to another. */
class DataKeysTest {

    private final OrganizationId organization = OrganizationId.random();

    @TempDir
    Path directory;

    private KmsEmulator emulator;
    private GcpKms gcp;
    private LocalKms local;
    private House house;

    @BeforeEach
    void start() {
        emulator = KmsEmulator.start();
        gcp = Gcp.at(emulator, new SimpleMeterRegistry());
        local = new LocalKms(directory.resolve("keyring"));
        house = new House(gcp, local);
    }

    @AfterEach
    void stop() {
        house.close();
        gcp.close();
        emulator.close();
    }

    private UUID current() {
        return house.dataKeyRows.current(organization).orElseThrow().id();
    }

    private String kek() {
        return house.dataKeyRows.current(organization).orElseThrow().wrapped().keyName();
    }

    @Test
    void isSucceededWhenItIsTooOld() {
        SecretRef before = house.seal(organization, "token");
        UUID first = current();
        house.time.pass(House.KEY_AGE.minus(Duration.ofSeconds(1)));
        house.seal(organization, "token");
        assertThat(current()).isEqualTo(first);
        house.time.pass(Duration.ofSeconds(1));
        SecretRef after = house.seal(organization, "token");
        assertThat(current()).isNotEqualTo(first);
        assertThat(house.open(organization, before)).isEqualTo(house.open(organization, after)).isEqualTo("token");
    }

    @Test
    void isSucceededWhenItHasSealedEnough() {
        SecretRef ref = house.seal(organization, "token");
        UUID first = current();
        for (int i = 1; i < House.MAX_SEALS - SealCounts.BLOCK; i++) {
            house.seal(organization, "token");
        }
        assertThat(current()).isEqualTo(first);
        for (int i = 0; i <= SealCounts.BLOCK; i++) {
            house.seal(organization, "token");
        }
        assertThat(current()).isNotEqualTo(first);
        assertThat(house.dataKeyRows.find(organization, first).orElseThrow().seals()).isEqualTo(House.MAX_SEALS);
        assertThat(house.open(organization, ref)).isEqualTo("token");
    }

    @Test
    void countsWhatAWriteSealsBeyondItsBlock() {
        house.seal(organization, "token");
        var sealer = house.vault.sealerFor(organization);
        for (int i = 0; i < 3 * SealCounts.BLOCK; i++) {
            try (var plain = PlainSecret.of("token")) {
                sealer.seal(House.bearerOf(organization), 1, plain);
            }
        }
        house.vault.sealerFor(organization);
        assertThat(house.dataKeyRows.current(organization).orElseThrow().seals())
                .isGreaterThan(3L * SealCounts.BLOCK);
    }

    @Test
    void goesOnWithAUsedUpKeyWhileKmsCannotMakeAnother() {
        house.seal(organization, "token");
        UUID first = current();
        house.time.pass(House.KEY_AGE);
        SecretRef ref = house.seal(organization, "token");
        UUID second = current();
        assertThat(second).isNotEqualTo(first);
        house.time.pass(House.KEY_AGE.minus(Duration.ofSeconds(1)));
        house.seal(organization, "token");
        house.time.pass(Duration.ofSeconds(1));
        emulator.faults().failWith(Status.UNAVAILABLE);
        house.seal(organization, "token");
        assertThat(current()).isEqualTo(second);
        assertThat(house.open(organization, ref)).isEqualTo("token");
    }

    @Test
    void triesForASuccessorOnlyNowAndThen() {
        house.seal(organization, "token");
        house.time.pass(House.KEY_AGE.minus(Duration.ofSeconds(1)));
        house.seal(organization, "token");
        house.time.pass(Duration.ofSeconds(1));
        emulator.faults().failWith(Status.UNAVAILABLE);
        long before = emulator.counts().all();
        for (int i = 0; i < 20; i++) {
            house.seal(organization, "token");
        }
        assertThat(emulator.counts().all() - before).isEqualTo(Gcp.ATTEMPTS);
        emulator.faults().clear();
        UUID first = current();
        Eventually.holds(() -> {
            house.time.pass(House.RETRY_EVERY);
            return !House.isUnavailable(() -> house.seal(organization, "token")) && !current().equals(first);
        });
    }

    @Test
    void rotatesOnDemand() {
        SecretRef before = house.seal(organization, "token");
        UUID next = house.rotateDataKey(organization);
        assertThat(current()).isEqualTo(next);
        SecretRef after = house.seal(organization, "other");
        assertThat(house.open(organization, before)).isEqualTo("token");
        assertThat(house.open(organization, after)).isEqualTo("other");
    }

    @Test
    void leavesTheOldVersionOfAKekUnusedOnceRewrapped() {
        SecretRef ref = house.seal(organization, "token");
        assertThat(KmsContract.rotate(gcp, kek())).isEqualTo("2");
        assertThat(house.dataKeys.rewrap(organization, current(), new AssignedKey("gcp", kek()))).isTrue();
        house.time.pass(House.MAX_AGE);
        long before = emulator.counts().ofVersion(kek(), "1");
        assertThat(house.open(organization, ref)).isEqualTo("token");
        house.seal(organization, "token");
        assertThat(emulator.counts().ofVersion(kek(), "1")).isEqualTo(before);
        emulator.disable(kek(), "1");
        house.dataKeys.forget(organization);
        assertThat(house.open(organization, ref)).isEqualTo("token");
    }

    @Test
    void movesBetweenProvidersAndToAKeyThatIsBrought() {
        SecretRef ref = house.seal(organization, "token");
        String made = kek();
        UUID dataKey = current();
        house.dataKeys.rewrap(organization, dataKey, new AssignedKey("local", local.createKey(organization)));
        gcp.scheduleDestruction(made);
        house.dataKeys.forget(organization);
        assertThat(house.open(organization, ref)).isEqualTo("token");
        String brought = emulator.addKey("projects/c/locations/eu/keyRings/r", "k", CryptoKeyPurpose.ENCRYPT_DECRYPT);
        gcp.adopt(organization, brought);
        house.dataKeys.rewrap(organization, dataKey, new AssignedKey("gcp", brought));
        local.scheduleDestruction("local/" + organization);
        house.dataKeys.forget(organization);
        assertThat(house.open(organization, ref)).isEqualTo("token");
        assertThat(current()).isEqualTo(dataKey);
    }

    @Test
    void storesNothingThatDoesNotUnwrapAgain() {
        SecretRef ref = house.seal(organization, "token");
        emulator.faultsOf(kek()).corruptNext(1, Corruption.SPOILED_CIPHERTEXT);
        assertThat(House.isUnavailable(() -> house.open(organization, ref))).isFalse();
        assertThatThrownBy(
                () -> house.dataKeys.rewrap(organization, current(), new AssignedKey("gcp", kek())))
                .isInstanceOf(KmsCorrupted.class);
        house.dataKeys.forget(organization);
        assertThat(house.open(organization, ref)).isEqualTo("token");
        OrganizationId other = OrganizationId.random();
        emulator.faultsOf(gcp.createKey(other)).corruptNext(1, Corruption.SPOILED_CIPHERTEXT);
        assertThat(House.isUnavailable(() -> house.seal(other, "token"))).isTrue();
        assertThat(house.dataKeyRows.current(other)).isEmpty();
        house.seal(other, "token");
    }

    @Test
    void opensNothingOnceShredded() {
        SecretRef ref = house.seal(organization, "token");
        gcp.scheduleDestruction(kek());
        house.dataKeys.forget(organization);
        assertThat(House.isUnavailable(() -> house.open(organization, ref))).isTrue();
        emulator.advance(Duration.ofDays(31));
        house.time.pass(House.RETRY_EVERY);
        assertThat(House.isUnavailable(() -> house.open(organization, ref))).isTrue();
        assertThat(House.isUnavailable(() -> house.seal(organization, "new"))).isTrue();
    }
}
