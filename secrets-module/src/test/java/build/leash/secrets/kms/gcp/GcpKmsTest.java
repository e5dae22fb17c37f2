package build.leash.secrets.kms.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.KeyState;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.KmsContract;
import build.leash.secrets.kms.KmsCorrupted;
import build.leash.secrets.kms.KmsRefused;
import build.leash.secrets.kms.KmsUnreachable;
import build.leash.secrets.kms.WrappedKey;
import build.leash.secrets.kms.emulator.Corruption;
import build.leash.secrets.kms.emulator.KmsEmulator;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKey.CryptoKeyPurpose;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.ProtectionLevel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GcpKmsTest implements KmsContract {

    private static final String THEIR_RING = "projects/customer/locations/europe-west1/keyRings/theirs";

    private KmsEmulator emulator;
    private GcpKms kms;

    @BeforeAll
    void start() {
        emulator = KmsEmulator.start();
        kms = Gcp.at(emulator, new SimpleMeterRegistry());
    }

    @AfterAll
    void stop() {
        kms.close();
        emulator.close();
    }

    @Override
    public Kms kms() {
        return kms;
    }

    @Override
    public void disable(String key, String version) {
        emulator.disable(key, version);
    }

    @Override
    public void enable(String key, String version) {
        emulator.enable(key, version);
    }

    private String newKey() {
        return kms.createKey(OrganizationId.random());
    }

    @Test
    void makesAKeyAsConfigured() {
        OrganizationId organization = OrganizationId.random();
        CryptoKey key = emulator.key(kms.createKey(organization));
        assertThat(key.getName()).isEqualTo(KmsEmulator.KEY_RING + "/cryptoKeys/org-" + organization);
        assertThat(key.getPurpose()).isEqualTo(CryptoKeyPurpose.ENCRYPT_DECRYPT);
        assertThat(key.getRotationPeriod().getSeconds()).isEqualTo(Duration.ofDays(90).toSeconds());
        assertThat(key.getNextRotationTime().getSeconds()).isPositive();
        assertThat(key.getDestroyScheduledDuration().getSeconds()).isEqualTo(Duration.ofDays(30).toSeconds());
        assertThat(key.getVersionTemplate().getProtectionLevel()).isEqualTo(ProtectionLevel.SOFTWARE);
        assertThat(key.getLabelsMap()).containsExactlyInAnyOrderEntriesOf(
                Map.of("team", "platform", "leash-organization", organization.toString()));
    }

    @Test
    void adoptsAKeyThatTheOrganizationBrings() {
        String theirs = emulator.addKey(THEIR_RING, "brought", CryptoKeyPurpose.ENCRYPT_DECRYPT);
        assertThat(kms.adopt(OrganizationId.random(), theirs)).isEqualTo("1");
        assertThat(emulator.counts().ofVersion(theirs, "1")).isEqualTo(2);
    }

    @Test
    void doesNotAdoptWhatCannotBeUsed() {
        OrganizationId organization = OrganizationId.random();
        String denied = emulator.addKey(THEIR_RING, "denied", CryptoKeyPurpose.ENCRYPT_DECRYPT);
        emulator.faultsOf(denied).deny();
        String disabled = emulator.addKey(THEIR_RING, "disabled", CryptoKeyPurpose.ENCRYPT_DECRYPT);
        emulator.disable(disabled, "1");
        KmsContract.assertRefused(KmsRefused.Reason.PERMISSION_DENIED, () -> kms.adopt(organization, denied));
        KmsContract.assertRefused(KmsRefused.Reason.NOT_USABLE, () -> kms.adopt(organization, disabled));
        KmsContract.assertRefused(KmsRefused.Reason.NOT_FOUND,
                () -> kms.adopt(organization, THEIR_RING + "/cryptoKeys/missing"));
    }

    @Test
    void doesNotAskAboutNamesThatAreNone() {
        long before = emulator.counts().all();
        for (String name : List.of("", "org", "local/x", THEIR_RING, THEIR_RING + "/cryptoKeys/",
                THEIR_RING + "/cryptoKeys/a/cryptoKeyVersions/1", THEIR_RING + "/cryptoKeys/a b")) {
            KmsContract.assertRefused(KmsRefused.Reason.UNSUITABLE, () -> kms.adopt(OrganizationId.random(), name));
        }
        assertThat(emulator.counts().all()).isEqualTo(before);
    }

    @Test
    void refusesAKeyForAnotherPurpose() {
        OrganizationId organization = OrganizationId.random();
        emulator.addKey(KmsEmulator.KEY_RING, "org-" + organization, CryptoKeyPurpose.ASYMMETRIC_SIGN);
        KmsContract.assertRefused(KmsRefused.Reason.UNSUITABLE, () -> kms.createKey(organization));
    }

    @Test
    void refusesWhatItIsDenied() {
        String key = newKey();
        WrappedKey wrapped = kms.wrap(key, DATA_KEY, AAD);
        emulator.faultsOf(key).deny();
        KmsContract.assertRefused(KmsRefused.Reason.PERMISSION_DENIED, () -> kms.unwrap(wrapped, AAD));
        KmsContract.assertRefused(KmsRefused.Reason.PERMISSION_DENIED, () -> kms.addVersion(key));
    }

    @Test
    void schedulesDestructionThatAPersonCanCallOff() {
        String key = newKey();
        WrappedKey wrapped = kms.wrap(key, DATA_KEY, AAD);
        assertThat(kms.scheduleDestruction(key)).singleElement().satisfies(version -> {
            assertThat(version.state()).isEqualTo(KeyState.DESTRUCTION_SCHEDULED);
            assertThat(version.destroyedAt()).isNotNull();
        });
        assertThat(emulator.key(key).hasRotationPeriod()).isFalse();
        emulator.restore(key, "1");
        enable(key, "1");
        assertThat(kms.unwrap(wrapped, AAD)).isEqualTo(DATA_KEY);
    }

    @Test
    void destroysWhenTheTimeHasCome() {
        String key = newKey();
        kms.scheduleDestruction(key);
        assertThat(emulator.stateOf(key, "1")).isEqualTo(CryptoKeyVersionState.DESTROY_SCHEDULED);
        emulator.advance(Duration.ofDays(31));
        assertThat(kms.describe(key).versions()).singleElement()
                .satisfies(version -> assertThat(version.state()).isEqualTo(KeyState.DESTROYED));
        KmsContract.assertRefused(KmsRefused.Reason.NOT_USABLE, () -> kms.wrap(key, DATA_KEY, AAD));
    }

    @ParameterizedTest
    @EnumSource(value = Corruption.class, names = {"FLIPPED_CIPHERTEXT", "WRONG_CHECKSUM", "NO_CHECKSUM",
            "NOT_VERIFIED", "WRONG_NAME"})
    void wrapsAgainIfTheAnswerIsCorruptedAndGivesUpInTheEnd(Corruption how) {
        String key = newKey();
        emulator.faultsOf(key).corruptNext(Gcp.ATTEMPTS - 1, how);
        assertThat(kms.unwrap(kms.wrap(key, DATA_KEY, AAD), AAD)).isEqualTo(DATA_KEY);
        emulator.faultsOf(key).corruptNext(Gcp.ATTEMPTS, how);
        long before = emulator.counts().ofKey(key);
        KmsContract.assertCorrupted(
                how == Corruption.WRONG_NAME ? KmsCorrupted.Reason.WRONG_KEY : KmsCorrupted.Reason.CHECKSUM,
                () -> kms.wrap(key, DATA_KEY, AAD));
        assertThat(emulator.counts().ofKey(key) - before).isEqualTo(Gcp.ATTEMPTS);
    }

    @ParameterizedTest
    @EnumSource(value = Corruption.class, names = {"FLIPPED_PLAINTEXT", "WRONG_CHECKSUM", "NO_CHECKSUM"})
    void unwrapsAgainIfTheAnswerIsCorruptedAndGivesUpInTheEnd(Corruption how) {
        String key = newKey();
        WrappedKey wrapped = kms.wrap(key, DATA_KEY, AAD);
        emulator.faultsOf(key).corruptNext(Gcp.ATTEMPTS - 1, how);
        assertThat(kms.unwrap(wrapped, AAD)).isEqualTo(DATA_KEY);
        emulator.faultsOf(key).corruptNext(Gcp.ATTEMPTS, how);
        KmsContract.assertCorrupted(KmsCorrupted.Reason.CHECKSUM, () -> kms.unwrap(wrapped, AAD));
    }

    @Test
    void takesNoAnswerAboutAnotherKey() {
        OrganizationId organization = OrganizationId.random();
        String key = kms.createKey(organization);
        for (Runnable call : List.<Runnable>of(() -> kms.createKey(organization), () -> kms.describe(key),
                () -> kms.addVersion(key), () -> kms.makePrimary(key, "1"),
                () -> kms.scheduleDestruction(key))) {
            emulator.faultsOf(key).corruptNext(Gcp.ATTEMPTS, Corruption.WRONG_NAME);
            KmsContract.assertCorrupted(KmsCorrupted.Reason.WRONG_KEY, call);
            emulator.faultsOf(key).clear();
        }
    }

    @Test
    void waitsForAVersionThatIsBeingGenerated() {
        String key = newKey();
        emulator.holdGeneration(key);
        String version = kms.addVersion(key);
        KmsContract.assertUnreachable(KmsUnreachable.Reason.UNAVAILABLE, () -> kms.makePrimary(key, version));
        assertThat(kms.wrap(key, DATA_KEY, AAD).keyVersion()).isEqualTo("1");
        emulator.finishGeneration(key);
        kms.makePrimary(key, version);
        assertThat(kms.wrap(key, DATA_KEY, AAD).keyVersion()).isEqualTo(version);
    }

    @Test
    void noticesInTheProbeThatAKeySpoilsWhatItWraps() {
        OrganizationId organization = OrganizationId.random();
        String key = kms.createKey(organization);
        emulator.faultsOf(key).corruptNext(1, Corruption.SPOILED_CIPHERTEXT);
        KmsContract.assertCorrupted(KmsCorrupted.Reason.NOT_AUTHENTIC, () -> kms.adopt(organization, key));
    }

    @Test
    void speaksInPlaintextToThisMachineOnly() {
        for (String elsewhere : List.of("10.0.0.1:443", "kms.example.com:443", "127.0.0.1.example.com:1")) {
            assertThatIllegalArgumentException().isThrownBy(
                    () -> new GcpKms(Gcp.properties(elsewhere), new SimpleMeterRegistry()));
        }
    }
}
