package build.leash.app.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.TestOrganization;
import build.leash.secrets.kms.emulator.KmsEmulator;
import com.google.cloud.kms.v1.CryptoKey.CryptoKeyPurpose;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KeysChangeWhileServingTest {

    private static final int SERVERS = 30;
    private static final String CUSTOMER_RING = "projects/customer/locations/eu/keyRings/ring";

    private static KmsLeash house;

    @BeforeAll
    static void start() {
        house = KmsLeash.shared();
    }

    @Test
    void noFetchFailsAndNoOldVersionIsNeededAfterwards() throws InterruptedException {
        TestOrganization acme = house.leash.founds();
        Fetches.register(acme, SERVERS);
        String made = house.keyName(acme);
        String brought = house.emulator.addKey(CUSTOMER_RING, "brought-" + acme.id(),
                CryptoKeyPurpose.ENCRYPT_DECRYPT);
        try (Fetches fetches = Fetches.of(SERVERS, acme)) {
            fetches.serveFurther(SERVERS);
            rotatesTheKey(acme, fetches);
            rotatesTheDataKey(acme, fetches);
            moves(acme, "{\"provider\": \"local\"}", "local", fetches);
            moves(acme, "{\"provider\": \"gcp\"}", made, fetches);
            moves(acme, "{\"provider\": \"gcp\", \"keyName\": \"" + brought + "\"}", brought, fetches);
            long uses = uses(made);
            List.of("1", "2").forEach(version -> house.emulator.disable(made, version));
            waitsOutTheCache(brought, fetches);
            acme.register("afterwards", "t");
            assertThat(uses(made)).as("uses of the old key").isEqualTo(uses);
            assertThat(fetches.failures()).isEmpty();
        }
        assertThat(house.events(acme)).containsExactly("secrets.encryption-key-assigned",
                "secrets.encryption-key-rotated", "secrets.secrets-rewrapped", "secrets.data-key-rotated",
                "secrets.secrets-reencrypted", "secrets.encryption-key-assigned", "secrets.secrets-rewrapped",
                "secrets.encryption-key-assigned", "secrets.secrets-rewrapped", "secrets.encryption-key-assigned",
                "secrets.secrets-rewrapped");
    }

    private static void rotatesTheKey(TestOrganization acme, Fetches fetches) {
        String key = house.keyName(acme);
        assertThat(house.rotate(acme, "key").status()).isEqualTo(200);
        JsonNode settled = house.settled(acme);
        assertThat(settled.get("primaryVersion").stringValue()).isEqualTo("2");
        assertThat(settled.at("/versions/0/dataKeys").asInt()).isEqualTo(1);
        assertThat(settled.at("/versions/1/dataKeys").asInt()).isZero();
        waitsOutTheCache(key, fetches);
        long uses = house.emulator.counts().ofVersion(key, "1");
        waitsOutTheCache(key, fetches);
        assertThat(house.emulator.counts().ofVersion(key, "1")).as("uses of the old version").isEqualTo(uses);
        assertThat(fetches.failures()).isEmpty();
    }

    private static void rotatesTheDataKey(TestOrganization acme, Fetches fetches) {
        assertThat(house.rotate(acme, "data-key").status()).isEqualTo(200);
        JsonNode settled = house.settled(acme);
        JsonNode job = settled.get("jobs").valueStream()
                .filter(it -> it.get("kind").stringValue().equals("re-encrypt")).findFirst().orElseThrow();
        assertThat(job.get("done").asInt()).isEqualTo(job.get("total").asInt()).isEqualTo(SERVERS);
        fetches.serveFurther(SERVERS);
        Poll.until("the old data key is destroyed", () -> house.key(acme).get("dataKeys").asInt() == 1);
        fetches.serveFurther(SERVERS);
        assertThat(fetches.failures()).isEmpty();
    }

    private static void moves(TestOrganization acme, String to, String key, Fetches fetches) {
        LeashAnswer answer = house.change(acme, to);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode settled = house.settled(acme);
        assertThat(settled.get("keyName").stringValue()).startsWith(key);
        assertThat(settled.get("versions").valueStream().mapToInt(version -> version.get("dataKeys").asInt()).sum())
                .isEqualTo(settled.get("dataKeys").asInt()).isEqualTo(1);
        fetches.serveFurther(SERVERS);
        assertThat(fetches.failures()).isEmpty();
    }

    /** As long as it takes until KMS was asked again for what is in memory, twice. */
    private static void waitsOutTheCache(String key, Fetches fetches) {
        long then = house.emulator.counts().ofKey(key) + 2;
        Poll.until("the cache asks again", () -> house.emulator.counts().ofKey(key) >= then);
        fetches.serveFurther(SERVERS);
    }

    private static long uses(String key) {
        return house.emulator.counts().ofVersion(key, "1") + house.emulator.counts().ofVersion(key, "2");
    }

    @Test
    void aKeyThatDoesNotWorkIsRefusedInWordsAndChangesNothing() {
        TestOrganization acme = house.leash.founds();
        Fetches.register(acme, 1);
        String before = house.keyName(acme);
        String denied = house.emulator.addKey(CUSTOMER_RING, "denied", CryptoKeyPurpose.ENCRYPT_DECRYPT);
        house.emulator.faultsOf(denied).deny();

        refuses(acme, denied, "roles/cloudkms.cryptoKeyEncrypterDecrypter");
        refuses(acme, CUSTOMER_RING + "/cryptoKeys/none", "no such key");
        refuses(acme, "nonsense", "symmetric encryption key");
        refuses(acme, KmsEmulator.KEY_RING + "/cryptoKeys/org-someone-elses", "can bring");
        LeashAnswer elsewhere = house.change(acme, "{\"provider\": \"elsewhere\"}");
        assertThat(elsewhere.violations()).containsOnlyKeys("provider");

        assertThat(house.keyName(acme)).isEqualTo(before);
        assertThat(house.events(acme)).containsExactly("secrets.encryption-key-assigned");
        assertThat(Fetches.outcome(acme, 0)).isEqualTo("200");
    }

    private static void refuses(TestOrganization acme, String key, String words) {
        LeashAnswer answer = house.change(acme, "{\"provider\": \"gcp\", \"keyName\": \"" + key + "\"}");
        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations().get("keyName")).singleElement().asString().contains(words)
                .doesNotContain(key);
    }
}
