package build.leash.app.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayTest {

    private static final String SERVERS = "/api/organization/mcp-servers";
    private static final String AUDIT = "/api/organization/audit";
    private static final int COMMANDS = 240;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningLeash leash;
    private static JdbcClient jdbc;
    private static TestOrganization organization;
    private static final Map<Instant, Map<String, List<JsonNode>>> HISTORY = new LinkedHashMap<>();

    private record Printed(int exitCode, String text) {}

    /** A random run of commands, with the read models as they stood after every fourth. */
    @BeforeAll
    static void liveThroughAHistory() {
        leash = RunningLeash.start();
        jdbc = leash.bean(JdbcClient.class);
        organization = leash.founds();
        leash.founds().register("other", "token");
        Random random = new Random(5);
        for (int command = 0; command < COMMANDS; command++) {
            change(organization, random);
            if (command % 4 == 0) {
                remember();
            }
        }
    }

    @AfterAll
    static void stop() {
        leash.close();
    }

    @Test
    void tellsEveryRememberedStateAsOfItsMoment() {
        assertThat(HISTORY).hasSize(COMMANDS / 4);
        HISTORY.forEach((moment, state) -> {
            JsonNode told = get("/state?at=" + moment).json().get("state");
            state.forEach(
                    (table, rows) -> assertThat(told.get(table).valueStream().toList()).as(table + " at " + moment)
                            .containsExactlyInAnyOrderElementsOf(rows));
        });
    }

    @Test
    void tellsWhatChangedBetweenTwoMoments() {
        Instant before = Instant.now();
        TestOrganization own = leash.founds();
        own.register("same", "token");
        Poll.until("the clock ticks", () -> Instant.now().isAfter(before.plusMillis(2)));
        Instant between = Instant.now();
        Poll.until("the clock ticks", () -> Instant.now().isAfter(between.plusMillis(2)));
        own.register("new", null);
        JsonNode changes = leash.client().get(AUDIT + "/changes?from=" + between + "&to=" + Instant.now())
                .key(own.adminKey()).send().json();

        assertThat(changes.get("removed")).isEmpty();
        assertThat(changes.at("/added/registry.mcp_server")).hasSize(1);
        assertThat(changes.at("/added/registry.mcp_server/0/slug").stringValue()).isEqualTo("new");
        assertThat(get("/changes?from=x&to=y").outcome()).isEqualTo("400 invalid_request");
    }

    @Test
    void findsNoDifferenceWhereThereIsNone() {
        JsonNode result = get("/replay").json();
        Printed printed = replay(true, false);

        assertThat(result.get("identical").booleanValue()).as(result.toString()).isTrue();
        assertThat(result.get("events").asInt()).isGreaterThan(COMMANDS / 2);
        assertThat(printed.exitCode()).as(printed.text()).isZero();
        assertThat(printed.text()).contains("registry.mcp_server: identical").contains("config.endpoint: identical")
                .contains("access.api_key: identical").contains("a second").contains("web.activity: identical").contains("secrets.encryption_key: identical").doesNotContain("DIFFERENT");
    }

    @Test
    void namesTheRowsThatDifferAndPutsThemRight() {
        List<String> right = rows();
        TestOrganization own = leash.founds();
        own.registerAll(List.of("a", "b", "c"));
        jdbc.sql("update config.endpoint set url = 'https://evil.example.com' where slug = 'a'").update();
        jdbc.sql("delete from registry.mcp_server where slug = 'b' and organization_id = ?").param(own.id().value())
                .update();
        jdbc.sql(
                """
                        insert into config.endpoint select gen_random_uuid(), slug, gen_random_uuid(), version, display_name, url,
                          transport, bearer_id, bearer_version, headers from config.endpoint where slug = 'c'
                        """)
                .update();

        assertThat(leash.client().get(AUDIT + "/replay").key(own.adminKey()).send().json().get("identical").asBoolean())
                .isFalse();
        Printed found = replay(true, false);
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.text()).contains("changed {\"slug\": \"a\"").contains("missing {\"slug\": \"b\"")
                .contains("surplus {\"slug\": \"c\"");

        assertThat(replay(true, true).exitCode()).isZero();
        assertThat(replay(true, false).text()).doesNotContain("DIFFERENT");
        assertThat(rows()).containsAll(right);
    }

    @Test
    void swapsInUnderLoadWithoutLosingOrInventingAnything() throws InterruptedException {
        AtomicBoolean stopped = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            TestOrganization own = leash.founds();
            Random random = new Random(writer);
            writers.add(Thread.ofVirtual().start(() -> {
                while (!stopped.get()) {
                    change(own, random);
                }
            }));
        }
        for (int round = 0; round < 3; round++) {
            jdbc.sql("update config.endpoint set display_name = display_name || '~'").update();
            Printed swapped = replay(true, true);
            assertThat(swapped.text()).contains("Swapped in");
        }
        stopped.set(true);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(replay(true, false).text()).doesNotContain("DIFFERENT");
    }

    @Test
    void goesOnWhereAnInterruptedReplayEnded() {
        Replay replay = leash.bean(Replay.class);
        replay.prepare(true);
        replay.build(new ProgressBar(new PrintStream(OutputStream.nullOutputStream()), replay.prepare(false)));
        TestOrganization later = leash.founds();
        later.register("later", "token");
        Printed printed = replay(false, false);

        assertThat(printed.text()).contains("Resumed: ").contains("config.endpoint: identical");
    }

    private static void change(TestOrganization of, Random random) {
        String slug = "s" + random.nextInt(6);
        String path = SERVERS + "/" + slug;
        switch (random.nextInt(7)) {
            case 0, 1 -> send(of, "POST", SERVERS, """
                    {"slug": "%s", "url": "https://mcp.example.com/%d", "auth": {"type": "none"},
                     "headers": {"X-Tenant": "t", "X-Key": {"value": "v", "secret": true}}}
                    """.formatted(slug, random.nextInt()));
            case 2 -> send(of, "PATCH", path, "{\"url\": \"https://x.example.com/" + random.nextInt() + "\"}");
            case 3 -> send(of, "POST", path + "/rotate", "{\"token\": \"t" + random.nextInt() + "\"}");
            case 4 -> send(of, "DELETE", path, "");
            case 5 -> of.plan(random.nextBoolean() ? Plan.GROWTH : Plan.SCALE);
            default -> revokeAKey(of, random);
        }
    }

    private static void revokeAKey(TestOrganization of, Random random) {
        String key = of.appKeyFor("s1", "s2");
        JsonNode keys = leash.client().get("/api/organization/api-keys?limit=200").key(of.adminKey()).send().json()
                .get("items");
        JsonNode one = keys.get(random.nextInt(keys.size()));
        if (!one.get("kind").asString().equals("management") && key != null) {
            send(of, "DELETE", "/api/organization/api-keys/" + one.get("id").stringValue(), "");
        }
    }

    private static void send(TestOrganization of, String method, String path, String body) {
        LeashAnswer answer = leash.client().call(method, path).key(of.adminKey()).json(body).send();
        assertThat(answer.status()).isIn(200, 201, 204, 404, 409);
    }

    private static void remember() {
        Map<String, List<JsonNode>> state = new LinkedHashMap<>();
        for (String table : List.of("registry.mcp_server", "config.endpoint", "access.api_key", "billing.plan",
                "access.member")) {
            state.put(table, jdbc.sql("select to_jsonb(t)::text from " + table + " t where organization_id = ?")
                    .param(organization.id().value()).query(String.class).list().stream().map(JSON::readTree).toList());
        }
        Instant moment = Instant.now();
        HISTORY.put(moment, state);
        Poll.until("the clock ticks", () -> Instant.now().isAfter(moment.plusMillis(2)));
    }

    private static List<String> rows() {
        return jdbc.sql("select e::text from config.endpoint e order by 1").query(String.class).list();
    }

    private static LeashAnswer get(String path) {
        return leash.client().get(AUDIT + path).key(organization.adminKey()).send();
    }

    private static Printed replay(boolean isFresh, boolean isSwapWanted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exitCode = leash.bean(ReplayCommand.class).run(new PrintStream(out, true, StandardCharsets.UTF_8), isFresh,
                isSwapWanted);
        return new Printed(exitCode, out.toString(StandardCharsets.UTF_8));
    }
}
