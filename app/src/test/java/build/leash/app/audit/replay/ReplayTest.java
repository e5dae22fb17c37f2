package build.leash.app.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.audit.AuditReplays;
import build.leash.app.audit.RandomChanges;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class ReplayTest {

    private static final int COMMANDS = 150;

    private static RunningLeash leash;
    private static JdbcClient jdbc;
    private static TestOrganization organization;

    private record Printed(int exitCode, String text) {}

    @BeforeAll
    static void liveForAWhile() {
        leash = RunningLeash.start();
        jdbc = leash.bean(JdbcClient.class);
        organization = leash.founds();
        leash.founds().register("other", "token");
        RandomChanges changes = new RandomChanges(leash, organization, 5);
        for (int command = 0; command < COMMANDS; command++) {
            changes.change();
        }
    }

    @AfterAll
    static void stop() {
        leash.close();
    }

    @Test
    void findsNoDifferenceWhereThereIsNone() {
        Printed printed = replay(true, false);

        assertThat(printed.exitCode()).as(printed.text()).isZero();
        assertThat(printed.text()).contains("events a second").doesNotContain("DIFFERENT");
        leash.bean(ReadModels.class).rebuilds()
                .forEach(rebuild -> assertThat(printed.text()).contains(rebuild.table() + ": identical, "));
    }

    @Test
    void namesTheRowsThatDifferAndPutsThemRight() {
        TestOrganization own = leash.founds();
        own.registerAll(List.of("a", "b", "c"));
        List<String> right = rows();
        damage(own);

        Printed found = replay(true, false);
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.text()).contains("changed {\"slug\": \"a\"").contains("missing {\"slug\": \"b\"")
                .contains("surplus {\"slug\": \"c\"");

        Printed swapped = replay(true, true);
        assertThat(swapped.exitCode()).isZero();
        assertThat(swapped.text()).contains("Swapped in: 4 rows removed and added");
        assertThat(replay(true, false).text()).doesNotContain("DIFFERENT");
        assertThat(rows()).isEqualTo(right);
    }

    @Test
    void comparesAndRepairsOneOrganizationOverHttp() {
        TestOrganization own = leash.founds();
        String auditor = own.managementKey(Role.AUDITOR);
        own.registerAll(List.of("a", "b", "c"));
        assertThat(replayed(auditor, false).get("identical").booleanValue()).isTrue();
        damage(own);

        JsonNode different = replayed(auditor, false);
        assertThat(different.get("identical").booleanValue()).isFalse();
        assertThat(different.get("tablesDone")).isEqualTo(different.get("tablesTotal"));
        assertThat(different.get("events").asLong()).isGreaterThanOrEqualTo(3);
        assertThat(different.get("eventsPerSecond").asLong()).isPositive();
        assertThat(different.has("replacedRows")).isFalse();
        assertThat(start(auditor, true).outcome()).isEqualTo("403 forbidden");

        JsonNode repaired = replayed(own.adminKey(), true);
        assertThat(repaired.get("replacedRows").asInt()).isEqualTo(3);
        assertThat(replayed(auditor, false).get("identical").booleanValue()).isTrue();
        jdbc.sql(
                "delete from config.endpoint where slug = 'c' and organization_id not in (select id from access.organization)")
                .update();
    }

    @Test
    void whatIsPutRightReachesNodesThatHadTheWrongRowsInMemory() {
        try (RunningLeash node = leash.node("leash.first-run=false")) {
            for (boolean isInstallation : new boolean[]{false, true}) {
                TestOrganization own = leash.founds();
                own.registerAll(List.of("a", "b", "c"));
                damage(own);
                assertThat(urls(own, node)).containsOnly("https://evil.example.com");

                if (isInstallation) {
                    assertThat(replay(true, true).text()).contains("Swapped in");
                } else {
                    replayed(own.adminKey(), true);
                }

                assertThat(urls(own, node)).containsOnly("https://mcp.example.com/a");
            }
        }
    }

    /** What this node and the other one hand off for server {@code a}. */
    private static List<String> urls(TestOrganization own, RunningLeash node) {
        return Stream.of(leash, node)
                .map(each -> each.client().get("/api/integrations/mcp-config/a").key(own.appKey()).send().json()
                        .at("/data/url").stringValue())
                .toList();
    }

    @Test
    void tellsWhenTheNodeThatReplayedIsGone() {
        TestOrganization own = leash.founds();
        jdbc.sql("""
                insert into audit.organization_replay (organization_id, id, swaps, state, started_at, seen_at)
                values (?, ?, false, 'running', now() - interval '1 hour', now() - interval '1 hour')
                """).params(own.id().value(), UUID.randomUUID()).update();

        assertThat(leash.client().get("/api/organization/audit/replay").key(own.adminKey()).send().member("state"))
                .isEqualTo("interrupted");
        assertThat(replayed(own.adminKey(), false).get("identical").booleanValue()).isTrue();
    }

    @Test
    void aRunThatWaitsForLongGoesOnUntilAnotherOneTakesItsPlace() throws SQLException {
        TestOrganization own = leash.founds();
        own.registerAll(List.of("a", "b", "c"));
        rename(own);
        UUID organization = own.id().value();
        try (Connection blocking = holding("config.endpoint", "access exclusive")) {
            String run = start(own.adminKey(), true).member("id");
            awaitWaiting("AccessShareLock");
            jdbc.sql("update audit.organization_replay set seen_at = now() - interval '1 hour'").update();
            leash.bean(ReplayRuns.class).tellThatRunsAreAlive();
            assertThat(start(own.adminKey(), true).member("id")).isEqualTo(run);

            jdbc.sql("update audit.organization_replay set id = gen_random_uuid() where organization_id = ?")
                    .param(organization).update();
            blocking.rollback();
        }
        jdbc.sql("update audit.organization_replay set seen_at = now() - interval '1 hour' where organization_id = ?")
                .param(organization).update();

        assertThat(replayed(own.adminKey(), false).get("identical").booleanValue())
                .as("the one whose place was taken replaced nothing").isFalse();
        assertThat(replayed(own.adminKey(), true).get("replacedRows").asInt()).isPositive();
    }

    /** As an autovacuum or an {@code analyze} does. */
    @Test
    void aSwapWaitsForAMomentForWhoeverIsAtATable() throws SQLException {
        TestOrganization own = leash.founds();
        own.registerAll(List.of("a", "b", "c"));
        rename(own);
        try (Connection blocking = holding("config.endpoint", "share update exclusive")) {
            start(own.adminKey(), true);
            awaitWaiting("ShareRowExclusiveLock");
            blocking.rollback();
        }
        Poll.until("it has replaced what differs", () -> leash.client().get("/api/organization/audit/replay")
                .key(own.adminKey()).send().json().has("replacedRows"));
        assertThat(replayed(own.adminKey(), false).get("identical").booleanValue()).isTrue();
    }

    @Test
    void tellsOnlyAFewPastStatesAtOnce() throws SQLException {
        List<CompletableFuture<LeashAnswer>> told;
        try (Connection blocking = holding("registry.mcp_server", "access exclusive")) {
            told = IntStream.range(0, PastStates.AT_ONCE).mapToObj(i -> CompletableFuture.supplyAsync(
                    ReplayTest::state, Thread::startVirtualThread)).toList();
            Poll.until("they wait", () -> waiting("registry.mcp_server", "AccessShareLock") == PastStates.AT_ONCE);
            LeashAnswer tooMany = state();
            assertThat(tooMany.outcome()).isEqualTo("503 storage_unavailable");
            assertThat(tooMany.header("Retry-After")).isNotNull();
            blocking.rollback();
        }
        assertThat(told).allMatch(state -> state.join().status() == 200);
        assertThat(state().status()).isEqualTo(200);
    }

    private static LeashAnswer state() {
        return leash.client().get("/api/organization/audit/state?at=2030-01-01T00:00:00Z").key(organization.adminKey())
                .send();
    }

    private static void rename(TestOrganization own) {
        jdbc.sql("update config.endpoint set display_name = '~' where slug = 'a' and organization_id = ?")
                .param(own.id().value()).update();
    }

    private static Connection holding(String table, String mode) throws SQLException {
        Connection connection = leash.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement lock = connection.createStatement()) {
            lock.execute("lock table " + table + " in " + mode + " mode");
        }
        return connection;
    }

    private static void awaitWaiting(String mode) {
        Poll.until("somebody waits for the table", () -> waiting("config.endpoint", mode) > 0);
    }

    private static int waiting(String table, String mode) {
        return jdbc.sql("select count(*) from pg_locks where not granted and relation = ?::regclass and mode = ?")
                .params(table, mode).query(Integer.class).single();
    }

    @Test
    void swapsInUnderLoadWithoutLosingOrInventingAnything() {
        try (LoadedServers load = new LoadedServers(leash)) {
            for (int round = 0; round < 3; round++) {
                jdbc.sql("update config.endpoint set display_name = display_name || '~'").update();
                jdbc.sql("delete from registry.mcp_server where slug = 'steady'").update();
                int before = load.calls();
                assertThat(replay(true, true).text()).contains("Swapped in");
                Poll.until("calls go on", () -> load.calls() > before + 20);
            }
            load.stopAndCheck();
        }
        assertThat(replay(true, false).text()).doesNotContain("DIFFERENT");
    }

    @Test
    void goesOnWhereAnInterruptedReplayEnded() {
        Replay replay = leash.bean(Replay.class);
        Replay.Extent extent = replay.prepare(true);
        replay.build(new ProgressBar(new PrintStream(new ByteArrayOutputStream()), extent));
        leash.founds().register("later", "token");
        Printed printed = replay(false, false);

        assertThat(printed.text()).contains("Resumed: ").contains(extent.tables() + " tables built before")
                .doesNotContain("DIFFERENT");
    }

    private static void damage(TestOrganization own) {
        jdbc.sql("update config.endpoint set url = 'https://evil.example.com' where slug = 'a' and organization_id = ?")
                .param(own.id().value()).update();
        jdbc.sql("delete from registry.mcp_server where slug = 'b' and organization_id = ?").param(own.id().value())
                .update();
        jdbc.sql(
                """
                        insert into config.endpoint select gen_random_uuid(), slug, gen_random_uuid(), version, display_name, url,
                          transport, bearer_id, bearer_version, headers from config.endpoint
                        where slug = 'c' and organization_id = ?
                        """)
                .param(own.id().value()).update();
    }

    private static List<String> rows() {
        return jdbc.sql("select e::text from config.endpoint e order by 1").query(String.class).list();
    }

    private static JsonNode replayed(String key, boolean isSwapWanted) {
        return AuditReplays.run(leash.client(), key, isSwapWanted);
    }

    private static LeashAnswer start(String key, boolean isSwapWanted) {
        return leash.client().post("/api/organization/audit/replay", "{\"swap\": " + isSwapWanted + "}").key(key)
                .send();
    }

    private static Printed replay(boolean isFresh, boolean isSwapWanted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exitCode = leash.bean(ReplayCommand.class).run(new PrintStream(out, true, StandardCharsets.UTF_8), isFresh,
                isSwapWanted);
        return new Printed(exitCode, out.toString(StandardCharsets.UTF_8));
    }
}
