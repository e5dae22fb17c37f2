package build.leash.app.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.audit.Figures;
import build.leash.app.postgres.TestPostgres;
import build.leash.app.postgres.TestStandby;
import build.leash.app.support.BesideOthers;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashProcess;
import build.leash.app.support.Poll;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several nodes on one PostgreSQL, of which some read from a standby.
 *
 * <p>
 * {@code leash.strictness.nodes} says how many there are, {@code leash.strictness.standby-readers} how many of them read
 * from the standby, {@code leash.strictness.fetches} how many answers are judged.
 */
@BesideOthers
class StrictOnEveryNodeTest {

    private static final int NODES = Integer.getInteger("leash.strictness.nodes", 2);
    private static final int STANDBY_READERS = Integer.getInteger("leash.strictness.standby-readers", 1);
    private static final int FETCHES = Integer.getInteger("leash.strictness.fetches", 3_000);
    private static final int TENANTS = 3;
    private static final double MIN_FROM_MEMORY = 0.1;
    private static final String STANDBY = "reader_a";
    private static final String SERVERS = "/api/organization/mcp-servers";

    @TempDir
    private static Path temporary;

    private static TestPostgres postgres;
    private static TestStandby standby;
    private static Nodes nodes;
    private static Founder founder;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start(temporary.resolve("postgres"));
        standby = postgres.standby(temporary.resolve("standby"), STANDBY);
        if (STANDBY_READERS > 0) {
            postgres.commitsWaitFor(STANDBY);
        }
        nodes = new Nodes(NODES, temporary, StrictOnEveryNodeTest::properties);
        founder = new Founder(nodes.all(),
                IntStream.range(0, NODES).mapToObj(i -> temporary.resolve("node-" + i)).toList());
    }

    @AfterAll
    static void stop() {
        nodes.close();
        standby.close();
        postgres.close();
    }

    /**
     * Fetches race with changes of everything that they depend on, each through any node, while nodes are killed and
     * stopped and their connections to the databases are cut.
     */
    @Test
    void noAnswerIsOlderThanWhatWasAcknowledgedBeforeItsRequest() throws Exception {
        List<Tenant> tenants = IntStream.range(0, TENANTS)
                .mapToObj(i -> new Tenant(nodes::any, founder.adminKey("Tenant " + i))).toList();
        Disturbances disturbances = new Disturbances(postgres, standby, nodes);
        long begun = System.nanoTime();

        Verdicts verdicts = new Race(tenants, nodes::any, disturbances, FETCHES).run();

        assertThat(verdicts.wrong()).isEmpty();
        assertThat(verdicts.byStatus()).containsKeys(200, 401, 402, 404);
        assertThat(tenants).allSatisfy(tenant -> assertThat(tenant.changes()).isGreaterThan(20));
        double memory = ViewCounts.sum(nodes, "memory");
        double fromMemory = memory / (memory + ViewCounts.sum(nodes, "database"));
        assertThat(fromMemory).isGreaterThan(MIN_FROM_MEMORY);
        Figures.note(
                "Strict on %d nodes, %d of them on a standby: %s by status, %.2f of them from memory, %d changes, %s, %.0f s"
                        .formatted(NODES, STANDBY_READERS, verdicts.byStatus(), fromMemory,
                                tenants.stream().mapToInt(Tenant::changes).sum(), disturbances,
                                (System.nanoTime() - begun) / 1e9));
    }

    /** The last node reads from the primary, the first from the standby. */
    @Test
    void aStandbyThatIsGoneRefusesItsReadersAndHoldsWritesUpUntilItIsBack() {
        LeashProcess reader = nodes.all().getFirst();
        LeashProcess other = nodes.all().getLast();
        String adminKey = founder.adminKey("Held up");
        String apiKey = served(adminKey);
        assertThat(fetch(reader, apiKey).text()).contains("Bearer first");

        standby.stop();

        assertThat(rotate(other, adminKey, "second").outcome()).isEqualTo("503 storage_unavailable");
        assertThat(fetch(reader, apiKey).outcome()).isEqualTo("503 storage_unavailable");
        LeashAnswer refused = rotate(other, adminKey, "third");
        assertThat(refused.outcome()).isEqualTo("503 storage_unavailable");
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(fetch(other, apiKey).text()).as("nobody sees what may not be on the standby yet")
                .contains("Bearer first");

        standby.start();

        Poll.until("both give what was held up", () -> Stream.of(reader, other)
                .allMatch(node -> fetch(node, apiKey).text().contains("Bearer second")));
        assertThat(rotate(other, adminKey, "fourth").status()).isEqualTo(200);
        assertThat(fetch(reader, apiKey).text()).contains("Bearer fourth");
        isNotReadFromWhileCommitsDoNotWait(reader, apiKey);
    }

    private static void isNotReadFromWhileCommitsDoNotWait(LeashProcess reader, String apiKey) {
        postgres.commitsWaitFor();
        new Disturbances(postgres, standby, nodes).cutConnectionsToTheStandby();
        Poll.until("it is not read from", () -> fetch(reader, apiKey).status() == 503);

        postgres.commitsWaitFor(STANDBY);
        Poll.until("it is read from again", () -> fetch(reader, apiKey).status() == 200);
    }

    /** A key for the server {@code held}. */
    private static String served(String adminKey) {
        LeashProcess node = nodes.all().getLast();
        assertThat(node.client().put("/api/organization/plan", "{\"plan\": \"growth\"}").key(adminKey).send().status())
                .isEqualTo(200);
        assertThat(node.client().post(SERVERS, """
                {"slug": "held", "url": "https://mcp.example.com", "auth": {"type": "bearer", "token": "first"}}
                """).key(adminKey).send().status()).isEqualTo(201);
        return node.client().post("/api/organization/api-keys", "{\"name\": \"app\"}").key(adminKey).send()
                .member("value");
    }

    private static LeashAnswer fetch(LeashProcess node, String apiKey) {
        return node.client().get("/api/integrations/mcp-config/held").key(apiKey).send();
    }

    private static LeashAnswer rotate(LeashProcess node, String adminKey, String token) {
        return node.client().post(SERVERS + "/held/rotate", "{\"token\": \"" + token + "\"}").key(adminKey).send();
    }

    private static List<String> properties(int node) {
        List<String> properties = new ArrayList<>(postgres.properties());
        properties.addAll(List.of("spring.datasource.hikari.maximum-pool-size=8", "leash.reads.connections=4",
                "leash.reads.timeout=1s", "leash.writes.commit-timeout=2s",
                "leash.kms.local.keyring=" + temporary.resolve("keyring"),
                "leash.audit.signing-key=" + temporary.resolve("signing-key"),
                "leash.rate-limit.requests-per-second=1000000"));
        if (node < STANDBY_READERS) {
            properties.add("leash.reads.url=" + standby.jdbcUrl());
        }
        return properties;
    }
}
