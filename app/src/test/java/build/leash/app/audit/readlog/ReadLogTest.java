package build.leash.app.audit.readlog;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReadLogTest {

    private final RunningLeash leash = RunningLeash.shared();

    @Test
    void recordsEveryHandOffAndEveryRefusalToAKnownKey() {
        TestOrganization organization = leash.founds();
        organization.register("one", "token");
        organization.register("two", "token");
        String limited = organization.appKeyFor("two");
        String path = "/api/integrations/mcp-config/";
        String etag = organization.fetch("one").header("ETag");
        leash.client().get(path + "one").key(organization.appKey()).header("If-None-Match", etag).send();
        organization.fetch("none");
        organization.fetch("NO-SLUG");
        leash.client().get(path + "one").key(limited).send();
        organization.plan(Plan.STARTER);
        leash.client().get(path + "one").key(organization.appKey()).header("X-Request-Id", "read-log-test")
                .header("User-Agent", "app/1.0 (comment) tab\tand \\ T0ken~1 node").send();

        Poll.until("all are written", () -> reads(leash, organization).size() == 6);
        assertThat(reads(leash, organization)).containsExactlyInAnyOrder("one handed_off t", "one unchanged t",
                "none unknown_mcp_server f", "- unknown_mcp_server f", "one not_allowed f", "one upgrade_required f");
        assertThat(leash.bean(JdbcClient.class).sql("""
                select key_id || ' ' || remote_address || ' ' || user_agent from audit.read
                where organization_id = ? and request_id = 'read-log-test'
                """).param(organization.id().value()).query(String.class).single())
                .isEqualTo(organization.appKeyId() + " 127.0.0.1 app/1.0 node");
    }

    @Test
    void answersOnlyAfterTheCommitIfItMust() {
        try (RunningLeash strict = leash.node("leash.audit.reads=strict")) {
            TestOrganization organization = leash.founds();
            organization.register("one", "token");
            for (int fetches = 1; fetches <= 5; fetches++) {
                strict.client().get("/api/integrations/mcp-config/one").key(organization.appKey()).send();
                assertThat(reads(leash, organization)).hasSize(fetches);
            }
        }
    }

    @Test
    void keepsAPartitionForEachDayAndDropsOldOnes() {
        JdbcClient jdbc = leash.bean(JdbcClient.class);
        StoredReads stored = leash.bean(StoredReads.class);
        jdbc.sql("""
                create table if not exists audit.read_20200101 partition of audit.read
                for values from ('2020-01-01T00:00:00Z') to ('2020-01-02T00:00:00Z')
                """).update();
        leash.clock().ahead(Duration.ZERO, stored::keepPartitions);

        List<String> partitions = jdbc.sql(
                "select inhrelid::regclass::text from pg_inherits where inhparent = 'audit.read'::regclass")
                .query(String.class).list();
        assertThat(partitions).hasSizeGreaterThanOrEqualTo(5).contains("audit.read_other")
                .doesNotContain("audit.read_20200101");
    }

    private static List<String> reads(RunningLeash leash, TestOrganization organization) {
        return leash.bean(JdbcClient.class).sql("""
                select coalesce(slug, '-') || ' ' || outcome || ' ' || (version is not null)::text::char(1)
                from audit.read where organization_id = ?
                """).param(organization.id().value()).query(String.class).list();
    }
}
