package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import build.leash.access.api.Role;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import com.zaxxer.hikari.HikariDataSource;
import com.microsoft.playwright.Page;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the pages cost with many servers. The figures are for loopback, and with room for a build server under load. */
@Timeout(120)
@Isolated("What is timed has the machine for itself")
class SpeedTest {

    private static final int MAX_TRANSFER = 150_000;
    private static final double MAX_FIRST_PAINT_MILLISECONDS = 300;
    private static final double MAX_SEARCH_MILLISECONDS = 250;
    private static final int VISITS = 7;
    private static final int ROUNDS = 3;
    private static final double MAX_LOAD_PER_PROCESSOR = 2.5;

    private static RunningLeash leash;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        Chromium.shared();
        leash = RunningLeash.shared();
        jdbc = leash.bean(JdbcClient.class);
    }

    @Test
    void aThousandServersPaintAtOnceAndWeighLittle() {
        House.Person owner = withServers(1_000).person(Role.OWNER);
        Wire wire = new Wire(leash.baseUrl());
        for (int i = 0; i < 20; i++) { // the JVM has seen the page before, as that of an installation in use has
            wire.get("/dashboard/organization", owner.session());
        }
        try (Visit visit = Visit.of(leash, owner)) {
            for (String path : List.of("/dashboard/organization", "/dashboard/organization/servers/server-00001")) {
                visit.open(path);
                double bytes = ((Number) visit.page().evaluate("performance.getEntries().filter(e => e.transferSize)"
                        + ".reduce((sum, e) => sum + e.transferSize, 0)")).doubleValue();
                assertThat(bytes).as(path).isPositive().isLessThan(MAX_TRANSFER);
            }
        }
        List<Double> cold = undisturbed(() -> {
            try (Visit visit = Visit.of(leash, owner)) {
                return firstPaint(visit);
            }
        });
        List<Double> warm;
        try (Visit visit = Visit.of(leash, owner)) {
            warm = undisturbed(() -> firstPaint(visit));
        }
        System.out.println("First contentful paint in ms, nothing cached: " + cold + ", cached: " + warm);
        isQuick("nothing cached", cold);
        isQuick("cached", warm);
    }

    @Test
    void assetsAreKeptForGoodUnderNamesOfTheirContentAndTravelCompressed() {
        String page = new Wire(leash.baseUrl()).get("/dashboard/sign-in", null).body();
        List<String> assets = Pattern.compile("(?:src|href)=\"(/dashboard/assets/[^\"]+)\"").matcher(page).results()
                .map(found -> found.group(1)).toList();
        assertThat(assets).hasSizeGreaterThanOrEqualTo(4).allMatch(path -> path.matches(".*-[0-9a-f]{32}\\.\\w+"));
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
    void tenThousandServersAreListedSearchedAndPagedQuickly() {
        House house = withServers(10_000);
        withServers(90_000);
        jdbc.sql("analyze registry.mcp_server").update();
        House.Person owner = house.person(Role.OWNER);
        Wire wire = new Wire(leash.baseUrl());
        Scans before = scans();
        for (String query : List.of("", "?after=server-04999", "?q=server-07777", "?q=nothing-has-this",
                "?q=example")) {
            String path = "/dashboard/organization/servers" + query;
            List<Double> times = times(() -> {
                long start = System.nanoTime();
                assertThat(wire.get(path, owner.session()).statusCode()).isEqualTo(200);
                return (System.nanoTime() - start) / 1e6;
            });
            System.out.println(path + " of 10,000 in ms: " + times);
            assertThat(median(times)).as(path).isLessThan(MAX_SEARCH_MILLISECONDS);
        }
        isAnsweredByAnIndex(before);
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
        jdbc.sql("delete from registry.mcp_server where registered_by = 'system:speed-test'").update();
    }

    /** As rows of the read model: what is measured only reads. */
    private static House withServers(int count) {
        House house = new House(leash, leash.founds());
        jdbc.sql(
                """
                        insert into registry.mcp_server (organization_id, slug, server_id, display_name, url, transport, headers,
                          version, registered_at, registered_by, changed_at, changed_by)
                        select ?, 'server-' || lpad(i::text, 5, '0'), gen_random_uuid(), 'Server ' || i,
                          'https://mcp-' || i || '.example.com/mcp', 'streamable-http', '[]', 1, now(), 'system:speed-test',
                          now(), 'system:speed-test'
                        from generate_series(1, ?) as i
                        """)
                .params(house.owner().organization().value(), count).update();
        return house;
    }

    /** How often the table of servers was read as a whole, and by an index. */
    private record Scans(long sequential, long index) {}

    /** PostgreSQL counts what a connection did when the connection ends, at the latest. */
    private static void isAnsweredByAnIndex(Scans before) {
        leash.bean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
        Poll.until("the scans are counted", () -> scans().index() > before.index() + VISITS);
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

    private static List<Double> times(Supplier<Double> measured) {
        return Stream.generate(measured).limit(VISITS).map(time -> Math.round(time * 10) / 10.0).sorted().toList();
    }

    /** On a machine that several builds fight over, a time says nothing about the page; the console says so. */
    private static void isQuick(String what, List<Double> times) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (median(times) >= MAX_FIRST_PAINT_MILLISECONDS
                && system.getSystemLoadAverage() > MAX_LOAD_PER_PROCESSOR * system.getAvailableProcessors()) {
            String reason = "The machine is too busy to time pages: load " + system.getSystemLoadAverage();
            System.err.println("SKIPPED: " + reason);
            abort(reason);
        }
        assertThat(median(times)).as("%s: %s", what, times).isLessThan(MAX_FIRST_PAINT_MILLISECONDS);
    }

    /** Whatever else runs on the machine only ever adds, so visits that take long are measured again a few times. */
    private static List<Double> undisturbed(Supplier<Double> measured) {
        List<Double> times = times(measured);
        for (int i = 1; i < ROUNDS && median(times) >= MAX_FIRST_PAINT_MILLISECONDS; i++) {
            times = times(measured);
        }
        return times;
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static double firstPaint(Visit visit) {
        visit.open("/dashboard/organization");
        return ((Number) visit.page().evaluate("new Promise(done => new PerformanceObserver(list => list.getEntries()"
                + ".filter(e => e.name === 'first-contentful-paint').forEach(e => done(e.startTime)))"
                + ".observe({type: 'paint', buffered: true}))")).doubleValue();
    }
}
