package build.leash.secrets.kms.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.Rejected;
import build.leash.secrets.api.RemoteSigningKey;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.kms.emulator.Corruption;
import build.leash.secrets.kms.emulator.KmsEmulator;
import com.google.cloud.kms.v1.CryptoKey.CryptoKeyPurpose;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudSigningKeyTest {

    private static final String RING = "projects/audit/locations/europe-west1/keyRings/audit";
    private static final byte[] MESSAGE = "a checkpoint".getBytes(StandardCharsets.UTF_8);

    private static KmsEmulator emulator;
    private static CloudSigningKeys keys;
    private static int count;

    @BeforeAll
    static void start() {
        emulator = KmsEmulator.start();
        keys = new CloudSigningKeys(Gcp.properties(emulator.endpoint()));
    }

    @AfterAll
    static void stop() {
        keys.close();
        emulator.close();
    }

    @Test
    void signsWhatTheServicesPublicKeyVerifies() throws Exception {
        RemoteSigningKey key = keys.inCloudKms(newKey(CryptoKeyPurpose.ASYMMETRIC_SIGN) + "/cryptoKeyVersions/1");
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(key.publicKey());
        check.update(MESSAGE);

        assertThat(check.verify(key.sign(MESSAGE))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Corruption.class, names = {"WRONG_CHECKSUM", "NO_CHECKSUM", "NOT_VERIFIED", "WRONG_NAME",
            "SPOILED_CIPHERTEXT"})
    void believesNoAnswerThatIsCorrupted(Corruption how) {
        String name = newKey(CryptoKeyPurpose.ASYMMETRIC_SIGN);
        RemoteSigningKey key = keys.inCloudKms(name + "/cryptoKeyVersions/1");
        byte[] expected = key.sign(MESSAGE);
        emulator.faultsOf(name).corruptNext(1, how);

        assertThat(key.sign(MESSAGE)).as("the next try").isEqualTo(expected);
        emulator.faultsOf(name).corruptNext(Gcp.ATTEMPTS, how);
        assertUnavailable(key);
    }

    @Test
    void isUnavailableWithoutTheRightKeyTheRightOrTheService() {
        assertUnavailable(keys.inCloudKms(newKey(CryptoKeyPurpose.ENCRYPT_DECRYPT) + "/cryptoKeyVersions/1"));
        assertUnavailable(keys.inCloudKms(RING + "/cryptoKeys/none/cryptoKeyVersions/1"));
        String denied = newKey(CryptoKeyPurpose.ASYMMETRIC_SIGN);
        emulator.faultsOf(denied).deny();
        assertUnavailable(keys.inCloudKms(denied + "/cryptoKeyVersions/1"));
        String disabled = newKey(CryptoKeyPurpose.ASYMMETRIC_SIGN);
        emulator.disable(disabled, "1");
        assertUnavailable(keys.inCloudKms(disabled + "/cryptoKeyVersions/1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "projects/p", RING + "/cryptoKeys/k", RING + "/cryptoKeys/k/cryptoKeyVersions/x",
            RING + "/cryptoKeyVersions/1"})
    void takesOnlyTheFullNameOfAVersion(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> keys.inCloudKms(name));
    }

    private static void assertUnavailable(RemoteSigningKey key) {
        assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOfSatisfying(Rejected.class,
                e -> assertThat(e.rejection()).isEqualTo(SecretsRejection.SECRETS_UNAVAILABLE));
    }

    private static String newKey(CryptoKeyPurpose purpose) {
        return emulator.addKey(RING, "key-" + count++, purpose);
    }
}
