package build.leash.app.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several who want the same at once, several nodes that do not agree on the time, and changes that overtake changes. */
class RacesTest {

    private static final int ROUNDS = 5;
    private static final int AT_ONCE = 6;

    private final KmsLeash house = KmsLeash.shared();

    @Test
    void ofManyFirstSecretsAtOnceAllAreSealedUnderOneKeyAndOneDataKey() throws Exception {
        try (RunningLeash second = house.node()) {
            for (int round = 0; round < ROUNDS; round++) {
                TestOrganization acme = house.leash.founds();
                assertThat(registerAtOnce(acme, house.leash, second)).containsOnly(201);
                JsonNode key = house.key(acme);
                assertThat(key.get("dataKeys").asInt()).isEqualTo(1);
                assertThat(key.get("secrets").asInt()).isEqualTo(AT_ONCE);
                assertThat(house.events(acme)).containsExactly("secrets.encryption-key-assigned");
                for (int server = 0; server < AT_ONCE; server++) {
                    assertThat(Fetches.outcome(acme, server)).isEqualTo("200");
                    assertThat(second.client().get("/api/integrations/mcp-config/s" + server).key(acme.appKey())
                            .send().text()).contains("Bearer " + Fetches.token(acme, server));
                }
            }
        }
    }

    private static List<Integer> registerAtOnce(TestOrganization acme, RunningLeash... nodes) throws Exception {
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<LeashAnswer>> answers = new ArrayList<>();
            for (int server = 0; server < AT_ONCE; server++) {
                String body = """
                        {"slug": "s%d", "url": "https://mcp.example.com", "auth": {"type": "bearer", "token": "%s"}}
                        """.formatted(server, Fetches.token(acme, server));
                RunningLeash node = nodes[server % nodes.length];
                answers.add(writers.submit(() -> node.client().post("/api/organization/mcp-servers", body)
                        .key(acme.adminKey()).send()));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<LeashAnswer> answer : answers) {
                statuses.add(answer.get().status());
            }
            return statuses;
        }
    }

    @Test
    void aSecondRotationTakesTheFirstOnesPlaceWhileThatIsUnderWay() {
        TestOrganization acme = house.leash.founds();
        Fetches.register(acme, 2);
        String key = house.keyName(acme);
        house.emulator.holdGeneration(key);
        assertThat(house.rotate(acme, "key").status()).isEqualTo(200);
        house.waitsWith(acme, "not the primary version yet");

        assertThat(house.rotate(acme, "key").status()).isEqualTo(200);
        house.emulator.finishGeneration(key);
        JsonNode settled = house.settled(acme);

        assertThat(states(acme)).containsExactly("superseded", "done");
        assertThat(house.events(acme)).containsExactly("secrets.encryption-key-assigned",
                "secrets.encryption-key-rotated", "secrets.secrets-rewrapped");
        assertThat(settled.at("/versions/0/dataKeys").asInt()).isEqualTo(1);
        assertThat(settled.get("primaryVersion").stringValue())
                .isEqualTo(settled.at("/versions/0/id").stringValue());
        assertThat(Fetches.outcome(acme, 0)).isEqualTo("200");
    }

    @Test
    void aVersionThatTakesItsTimeIsWaitedForAndNotAddedAgain() {
        TestOrganization acme = house.leash.founds();
        Fetches.register(acme, 1);
        String key = house.keyName(acme);
        house.emulator.holdGeneration(key);
        house.rotate(acme, "key");
        house.waitsWith(acme, "not the primary version yet");
        house.emulator.finishGeneration(key);

        assertThat(house.settled(acme).get("versions")).hasSize(2);
        assertThat(house.key(acme).get("primaryVersion").stringValue()).isEqualTo("2");
    }

    @Test
    void whatOlderDataKeysSealedIsFoundAlsoByANodeWhoseClockIsBehind() {
        TestOrganization acme = house.leash.founds();
        Fetches.register(acme, 3);
        house.leash.clock().ahead(Duration.ofHours(-1), () -> {
            house.rotate(acme, "data-key");
            house.settled(acme);
        });
        assertThat(house.jdbc().sql("""
                select count(*) from secrets.sealed_secret s join secrets.data_key k on k.id = s.data_key_id
                where s.organization_id = ? and k.current
                """).param(acme.id().value()).query(Long.class).single()).isEqualTo(3);
    }

    private List<String> states(TestOrganization acme) {
        return house.jdbc().sql("select state from secrets.job where organization_id = ? order by requested_at")
                .param(acme.id().value()).query(String.class).list();
    }
}
