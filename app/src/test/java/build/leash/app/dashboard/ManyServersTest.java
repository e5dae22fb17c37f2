package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import com.microsoft.playwright.Page;
import com.zaxxer.hikari.HikariDataSource;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of an organization with many servers: what they weigh, what they read, and that all can be found. */
@Timeout(120)
@Isolated("How often the table of servers is read is counted for all who read it")
class ManyServersTest {

    private static final int MAX_TRANSFER = 150_000;
    private static final List<String> QUERIES = List.of("", "?after=server-04999", "?q=server-07777",
            "?q=nothing-has-this", "?q=example");

    private static RunningLeash leash;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        leash = RunningLeash.shared();
        jdbc = leash.bean(JdbcClient.class);
    }

    @Test
    void pagesOfAThousandServersWeighLittle() {
        House.Person owner = withServers(1_000).person(Role.OWNER);
        try (Visit visit = Visit.of(leash, owner)) {
            for (String path : List.of("/dashboard/organization", "/dashboard/organization/servers/server-00001")) {
                visit.open(path);
                double bytes = ((Number) visit.page().evaluate("performance.getEntries().filter(e => e.transferSize)"
                        + ".reduce((sum, e) => sum + e.transferSize, 0)")).doubleValue();
                assertThat(bytes).as(path).isPositive().isLessThan(MAX_TRANSFER);
            }
        }
    }

    @Test
    void assetsAreKeptForGoodUnderNamesOfTheirContentAndTravelCompressed() {
        String page = new Wire(leash.baseUrl()).get("/dashboard/sign-in", null).body();
        List<String> assets = Pattern.compile("(?:src|href)=\"(/dashboard/assets/[^\"]+)\"").matcher(page).results()
                .map(found -> found.group(1)).toList();
        assertThat(assets).hasSizeGreaterThanOrEqualTo(5).allMatch(path -> path.matches(".*-[0-9a-f]{32}\\.\\w+"));
        for (String path : assets) {
            Wire wire = new Wire(leash.baseUrl());
            HttpResponse<String> asset = wire.send(wire.request(path, null).header("Accept-Encoding", "gzip"));
            assertThat(asset.headers().firstValue("Cache-Control").orElse("")).contains("max-age=31536000",
                    "immutable");
            if (!path.contains("icon")) {
                assertThat(asset.headers().firstValue("Content-Encoding")).as(path).contains("gzip");
            }
        }
    }

    @Test
    void tenThousandServersAreListedSearchedAndPagedByAnIndex() {
        House house = withServers(10_000);
        withServers(90_000);
        jdbc.sql("analyze registry.mcp_server").update();
        House.Person owner = house.person(Role.OWNER);
        Wire wire = new Wire(leash.baseUrl());
        Scans before = scans();
        for (String query : QUERIES) {
            assertThat(wire.get("/dashboard/organization/servers" + query, owner.session()).statusCode()).as(query)
                    .isEqualTo(200);
        }
        areAnsweredByAnIndex(before);
        try (Visit visit = Visit.of(leash, owner)) {
            visit.open("/dashboard/organization").sees("10000 servers");
            visit.page().getByLabel("Search servers").fill("server-07777");
            visit.sees("1 of 10000 servers match");
            visit.page().getByLabel("Search servers").fill("");
            visit.page().getByText("10000 servers", new Page.GetByTextOptions().setExact(true)).waitFor();
            visit.button("Next page").click();
            visit.sees("server-00026");
            visit.hadNoErrors();
        }
    }

    @AfterAll
    static void removeWhatNoEventTellsOf() {
        jdbc.sql("delete from registry.mcp_server where registered_by = 'system:many-servers-test'").update();
    }

    /** As rows of the read model: here they are only read. */
    private static House withServers(int count) {
        House house = new House(leash, leash.founds());
        jdbc.sql(
                """
                        insert into registry.mcp_server (organization_id, slug, server_id, display_name, url, transport, headers,
                          version, registered_at, registered_by, changed_at, changed_by)
                        select ?, 'server-' || lpad(i::text, 5, '0'), gen_random_uuid(), 'Server ' || i,
                          'https://mcp-' || i || '.example.com/mcp', 'streamable-http', '[]', 1, now(),
                          'system:many-servers-test', now(), 'system:many-servers-test'
                        from generate_series(1, ?) as i
                        """)
                .params(house.owner().organization().value(), count).update();
        return house;
    }

    /** How often the table of servers was read as a whole, and by an index. */
    private record Scans(long sequential, long index) {}

    /** Each lists and counts. PostgreSQL counts what a connection did when the connection ends, at the latest. */
    private static void areAnsweredByAnIndex(Scans before) {
        leash.bean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
        Poll.until("the scans are counted", () -> scans().index() >= before.index() + 2L * QUERIES.size());
        assertThat(scans().sequential()).as("100,000 rows are not read for one organization's")
                .isEqualTo(before.sequential());
    }

    private static Scans scans() {
        return jdbc
                .sql("""
                        select seq_scan, idx_scan from pg_stat_user_tables where schemaname = 'registry' and relname = 'mcp_server'
                        """)
                .query((row, number) -> new Scans(row.getLong(1), row.getLong(2))).single();
    }
}
