package build.leash.app.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.TestOrganization;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KmsInTroubleTest {

    private static final AtomicInteger SLUGS = new AtomicInteger();

    private static KmsLeash house;

    @BeforeAll
    static void start() {
        house = KmsLeash.shared();
    }

    private static TestOrganization organizationWithAServer() {
        TestOrganization organization = house.leash.founds();
        Fetches.register(organization, 1);
        assertThat(Fetches.outcome(organization, 0)).isEqualTo("200");
        return organization;
    }

    @Test
    void aRefusedKeyStopsItsOrganizationAndNobodyElse() throws InterruptedException {
        TestOrganization a = organizationWithAServer();
        TestOrganization b = organizationWithAServer();
        String key = house.keyName(a);
        try (Fetches others = Fetches.of(1, b)) {
            house.emulator.faultsOf(key).deny();
            stops(a);
            assertThat(house.key(a).get("problem").stringValue()).isEqualTo("permission_denied");
            house.emulator.faultsOf(key).clear();
            Poll.until("A is served again", () -> Fetches.outcome(a, 0).equals("200"));
            house.emulator.disable(key, "1");
            stops(a);
            house.emulator.enable(key, "1");
            Poll.until("A is served again", () -> Fetches.outcome(a, 0).equals("200"));
            assertThat(others.served()).isPositive();
            assertThat(others.failures()).isEmpty();
        }
    }

    private static void stops(TestOrganization organization) {
        Poll.until("the organization is turned down",
                () -> Fetches.outcome(organization, 0).equals("503 secrets_unavailable"));
        assertThat(organization.fetch("s0").header("Retry-After")).isNotNull();
        assertThat(register(organization).outcome()).isEqualTo("503 secrets_unavailable");
    }

    @Test
    void whileKmsIsOutOfReachWarmOrganizationsAreServedAndWritesAreTurnedDown() throws InterruptedException {
        TestOrganization a = organizationWithAServer();
        TestOrganization b = organizationWithAServer();
        TestOrganization c = organizationWithAServer();
        try (Fetches fetches = Fetches.of(1, a, b, c)) {
            fetches.serveFurther(20);
            house.emulator.stop();
            Poll.until("writes are turned down", () -> register(a).status() == 503);
            fetches.serveFurther(250);
            writesAreTurnedDown(a);
            health("DEGRADED");
            assertThat(metrics()).contains("leash_kms_reachable{provider=\"gcp\"} 0.0");
            house.emulator.resume();
            Poll.until("writes are taken again", () -> register(a).status() == 201);
            fetches.serveFurther(20);
            health("UP");
            assertThat(fetches.failures()).isEmpty();
        }
    }

    private static void writesAreTurnedDown(TestOrganization organization) {
        LeashAnswer answer = register(organization);
        assertThat(answer.outcome()).isEqualTo("503 secrets_unavailable");
        assertThat(answer.header("Retry-After")).isNotNull();
    }

    private static void health(String ofKms) {
        Poll.until("health tells " + ofKms, () -> health("", 200).at("/components/kms/status").asString("")
                .equals(ofKms));
        health("/liveness", 200);
        health("/readiness", 200);
    }

    private static JsonNode health(String group, int status) {
        LeashAnswer answer = house.leash.client().get("/actuator/health" + group).send();
        assertThat(answer.status()).isEqualTo(status);
        return answer.json();
    }

    private static String metrics() {
        return house.leash.client().get("/actuator/prometheus").send().text();
    }

    /** Half a second after the first failure, a second after the next. */
    @Test
    void aJobThatComesToNothingIsTriedEverMoreSeldom() {
        TestOrganization a = organizationWithAServer();
        String key = house.keyName(a);
        house.emulator.faultsOf(key).deny();
        assertThat(house.change(a, "{\"provider\": \"local\"}").status()).isEqualTo(200);
        Poll.until("it failed twice, and both count", () -> house.jdbc()
                .sql("select attempts from secrets.job where organization_id = ?").param(a.id().value())
                .query(Integer.class).single() >= 2);
        assertThat(house.key(a).at("/jobs/0/error").asString()).contains("permission_denied");
        house.emulator.faultsOf(key).clear();
    }

    @Test
    void theAlertIsInTheMetrics() {
        TestOrganization a = house.leash.founds();
        Fetches.register(a, 1);
        house.jdbc().sql("""
                update secrets.sealed_secret set ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1)
                where organization_id = ?
                """).param(a.id().value()).update();
        assertThat(Fetches.outcome(a, 0)).isEqualTo("503 secrets_unavailable");
        assertThat(metrics()).containsPattern("leash_secrets_not_opened_total\\{reason=\"secret_not_authentic\"} [1-9]")
                .doesNotContain(a.id().toString()).doesNotContain("lsk_");
    }

    private static LeashAnswer register(TestOrganization organization) {
        return house.leash.client().post("/api/organization/mcp-servers", """
                {"slug": "%s", "url": "https://mcp.example.com", "auth": {"type": "bearer", "token": "t"}}
                """.formatted("n" + SLUGS.incrementAndGet())).key(organization.adminKey()).send();
    }
}
