package build.leash.app.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.durability.ReadModelRebuild;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import com.google.cloud.kms.v1.CryptoKey.CryptoKeyPurpose;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class ShreddedTest {

    private static final String UNAVAILABLE = "503 secrets_unavailable";
    private static final String NEVER_AGAIN = "409 organization_shredded";

    private static KmsLeash house;

    @BeforeAll
    static void start() {
        house = KmsLeash.shared();
    }

    @Test
    void nothingOfItOpensOnAnyNodeAlsoNotFromADump() throws InterruptedException {
        TestOrganization shredded = house.leash.founds();
        TestOrganization other = house.leash.founds();
        Fetches.register(shredded, 3);
        Fetches.register(other, 1);
        house.rotate(shredded, "key");
        house.settled(shredded);
        String key = house.keyName(shredded);
        try (RunningLeash second = house.node(); Fetches others = Fetches.of(1, other)) {
            assertThat(fetch(second, shredded).status()).isEqualTo(200);
            dump(house.jdbc());

            assertThat(house.shred(shredded, "another name").violations()).containsOnlyKeys("confirm");
            assertThat(fetch(second, shredded).status()).isEqualTo(200);
            LeashAnswer answer = house.shred(shredded, "Organization " + shredded.id());

            assertThat(answer.member("state")).isEqualTo("shredded");
            isGone(second, shredded);
            proves(shredded, key);
            restoreSecrets(house.jdbc(), shredded);
            isGone(second, shredded);
            restoreState(house.jdbc(), shredded);
            Poll.until("no node has the key in memory any more",
                    () -> fetch(house.leash, shredded).status() == 503 && fetch(second, shredded).status() == 503);
            assertThat(house.shred(shredded, "Organization " + shredded.id()).status()).isEqualTo(200);
            others.serveFurther(20);
            assertThat(others.failures()).isEmpty();
        }
    }

    @Test
    void aShreddedOrganizationGoesOnWithWhatNeedsNoSecret() {
        TestOrganization acme = house.leash.founds();
        Fetches.register(acme, 1);
        house.shred(acme, "Organization " + acme.id());

        acme.register("open", null);
        assertThat(acme.fetch("open").status()).isEqualTo(200);
        assertThat(house.leash.client().delete("/api/organization/mcp-servers/s0").key(acme.adminKey()).send()
                .status()).isEqualTo(204);
        assertThat(house.leash.client().post("/api/organization/api-keys", "{\"name\": \"x\"}")
                .key(acme.adminKey()).send().status()).isEqualTo(201);
    }

    @Test
    void theSameShreddingUnderAnIdempotencyKeyGetsTheFirstAnswerAgain() {
        TestOrganization acme = house.leash.founds();
        Fetches.register(acme, 1);
        String key = UUID.randomUUID().toString();

        assertThat(shred(acme, key, "another name").outcome()).isEqualTo("400 invalid_request");
        LeashAnswer first = shred(acme, key, "Organization " + acme.id());
        house.settled(acme);
        LeashAnswer again = shred(acme, key, "Organization " + acme.id());

        assertThat(first.member("state")).isEqualTo("shredded");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(shred(acme, key, "another name").outcome()).isEqualTo("409 idempotency_conflict");
        assertThat(house.events(acme)).containsOnlyOnce("secrets.organization-shredded");
    }

    @Test
    void aShreddingThatIsSpelledOtherwiseNeedsNoKeyForItsAnswerEither() throws Exception {
        TestOrganization acme = house.leash.founds();
        Fetches.register(acme, 1);
        HttpRequest request = HttpRequest
                .newBuilder(house.leash.baseUrl().resolve("/api/organization/encryption-key/%73hred"))
                .header("X-API-Key", acme.adminKey()).header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString("{\"confirm\": \"Organization " + acme.id() + "\"}")).build();

        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
        assertThat(house.events(acme)).containsOnlyOnce("secrets.organization-shredded");
    }

    private static LeashAnswer shred(TestOrganization acme, String idempotencyKey, String confirmation) {
        return house.leash.client().post("/api/organization/encryption-key/shred",
                "{\"confirm\": \"" + confirmation + "\"}").header("Idempotency-Key", idempotencyKey)
                .key(acme.adminKey()).send();
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void nobodyButAnOwnerMayDoIt(Role role) {
        TestOrganization acme = house.leash.founds();
        Fetches.register(acme, 1);
        LeashAnswer answer = house.leash.client().post("/api/organization/encryption-key/shred",
                "{\"confirm\": \"Organization " + acme.id() + "\"}").key(acme.managementKey(role)).send();
        assertThat(answer.outcome()).isEqualTo("403 forbidden");
        assertThat(Fetches.outcome(acme, 0)).isEqualTo("200");
    }

    private static LeashAnswer fetch(RunningLeash node, TestOrganization organization) {
        return node.client().get("/api/integrations/mcp-config/s0").key(organization.appKey()).send();
    }

    private static void isGone(RunningLeash second, TestOrganization organization) {
        assertThat(fetch(house.leash, organization).outcome()).isEqualTo(UNAVAILABLE);
        assertThat(fetch(second, organization).outcome()).isEqualTo(UNAVAILABLE);
        assertThat(second.client().post("/api/organization/mcp-servers/s0/rotate", "{\"token\": \"new\"}")
                .key(organization.adminKey()).send().outcome()).isEqualTo(NEVER_AGAIN);
        assertThat(house.rotate(organization, "key").outcome()).isEqualTo(NEVER_AGAIN);
        assertThat(house.rotate(organization, "data-key").outcome()).isEqualTo(NEVER_AGAIN);
        assertThat(house.change(organization, "{\"provider\": \"local\"}").outcome()).isEqualTo(NEVER_AGAIN);
        assertThat(house.key(organization).get("state").stringValue()).isEqualTo("shredded");
    }

    private static void proves(TestOrganization organization, String key) {
        JsonNode settled = house.settled(organization);
        assertThat(settled.get("secrets").asInt()).isZero();
        assertThat(settled.get("dataKeys").asInt()).isZero();
        assertThat(house.emulator.stateOf(key, "1")).isEqualTo(CryptoKeyVersionState.DESTROY_SCHEDULED);
        assertThat(house.emulator.stateOf(key, "2")).isEqualTo(CryptoKeyVersionState.DESTROY_SCHEDULED);
        assertThat(house.events(organization)).endsWith("secrets.organization-shredded",
                "secrets.key-destruction-scheduled");
        String proof = house.jdbc().sql("""
                select convert_from(payload, 'UTF8') || convert_from(meta_data, 'UTF8') from eventstore.domain_event
                where aggregate_identifier = ? and payload_type = 'secrets.organization-shredded'
                """).param("encryption-key:" + organization.id()).query(String.class).single();
        assertThat(proof).contains(key, "\"dataKeys\":1", "\"secrets\":3", "api-key:" + organization.adminKeyId());
    }

    @Test
    void theEventLogStillReplays() {
        TestOrganization shredded = house.leash.founds();
        Fetches.register(shredded, 2);
        house.shred(shredded, "Organization " + shredded.id());
        house.settled(shredded);

        ReadModelRebuild.Comparison comparison = new ReadModelRebuild(house.leash).compare();

        assertThat(comparison.rebuilt()).containsKey("secrets.encryption_key");
        comparison.live().forEach((table, rows) -> {
            if (!table.equals("secrets.encryption_key")) {
                assertThat(comparison.rebuilt().get(table)).as(table).isEqualTo(rows);
            }
        });
        assertThat(comparison.rebuilt().get("secrets.encryption_key")).anyMatch(
                row -> row.contains(shredded.id().toString()) && row.contains("shredded"));
    }

    @Test
    void aKeyThatWasBroughtIsLeftToItsOwnerAndEveryKeyMadeBeforeIsDestroyed() {
        TestOrganization acme = house.leash.founds();
        Fetches.register(acme, 1);
        String made = house.keyName(acme);
        String brought = house.emulator.addKey("projects/customer/locations/eu/keyRings/ring", "b-" + acme.id(),
                CryptoKeyPurpose.ENCRYPT_DECRYPT);
        house.change(acme, "{\"provider\": \"gcp\", \"keyName\": \"" + brought + "\"}");
        house.settled(acme);

        LeashAnswer answer = house.shred(acme, "Organization " + acme.id());

        assertThat(answer.member("notice")).contains("yours to destroy");
        house.settled(acme);
        assertThat(house.emulator.stateOf(brought, "1")).isEqualTo(CryptoKeyVersionState.ENABLED);
        assertThat(house.emulator.stateOf(made, "1")).isEqualTo(CryptoKeyVersionState.DESTROY_SCHEDULED);
    }

    private static void dump(JdbcClient jdbc) {
        jdbc.sql("create schema dump").update();
        jdbc.sql("create table dump.data_key as select * from secrets.data_key").update();
        jdbc.sql("create table dump.sealed_secret as select * from secrets.sealed_secret").update();
        jdbc.sql("create table dump.encryption_key as select * from secrets.encryption_key").update();
    }

    private static void restoreSecrets(JdbcClient jdbc, TestOrganization organization) {
        jdbc.sql("insert into secrets.data_key select * from dump.data_key where organization_id = ?")
                .param(organization.id().value()).update();
        jdbc.sql("insert into secrets.sealed_secret select * from dump.sealed_secret where organization_id = ?")
                .param(organization.id().value()).update();
    }

    private static void restoreState(JdbcClient jdbc, TestOrganization organization) {
        jdbc.sql("delete from secrets.encryption_key where organization_id = ?").param(organization.id().value())
                .update();
        jdbc.sql("insert into secrets.encryption_key select * from dump.encryption_key where organization_id = ?")
                .param(organization.id().value()).update();
    }
}
