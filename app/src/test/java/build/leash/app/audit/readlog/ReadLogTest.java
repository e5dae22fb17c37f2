package build.leash.app.audit.readlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppName;
import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
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

        organization.revokeAppKey();
        leash.client().get(path + "one").key(organization.appKey()).send();
        leash.client().get(path + "one").key(organization.managementKey(Role.VIEWER)).send();

        Poll.until("all are written", () -> reads(leash, organization).size() == 8);
        assertThat(reads(leash, organization)).containsExactlyInAnyOrder("one handed_off t", "one unchanged t",
                "none unknown_mcp_server f", "- unknown_mcp_server f", "one not_allowed f", "one upgrade_required f",
                "one invalid_api_key f", "one invalid_api_key f");
        assertThat(leash.bean(JdbcClient.class).sql("""
                select key_id || ' ' || remote_address || ' ' || user_agent from audit.read
                where organization_id = ? and request_id = 'read-log-test'
                """).param(organization.id().value()).query(String.class).single())
                .isEqualTo(organization.appKeyId() + " 127.0.0.1 app/1.0 node");
    }

    @Test
    void recordsWhatManagementKeysAreRefused() {
        TestOrganization organization = leash.founds();
        String viewer = organization.managementKey(Role.VIEWER);
        leash.client().get("/api/organization/plan").key(viewer).send();
        leash.client().post("/api/organization/api-keys", "{\"name\": \"k\"}").key(viewer).send();
        leash.client().get("/api/organization/plan").key(organization.appKey()).send();

        Poll.until("all are written", () -> reads(leash, organization).size() == 2);
        assertThat(reads(leash, organization)).containsOnly("- forbidden f");
        assertThat(leash.bean(LastReads.class).used(List.of(ApiKeyId.of(organization.appKeyId())))).hasSize(1);
    }

    @Test
    void recordsEachEnvValueThatIsReadAndEachRefusal() {
        TestOrganization organization = leash.founds();
        String source = leash.client().post("/api/organization/secret-sources",
                "{\"name\": \"s\", \"kind\": \"native\", \"apps\": [\"" + AppName.DEFAULT + "\"]}")
                .key(organization.adminKey()).send().member("id");
        for (String key : List.of("ONE", "TWO")) {
            leash.client().put("/api/organization/secret-sources/" + source + "/values/" + key,
                    "{\"value\": \"v\"}").key(organization.adminKey()).send();
        }
        leash.client().post("/api/apps/me/secrets/sync", "{\"keys\": [\"ONE\", \"TWO\"]}").key(organization.appKey())
                .send();
        leash.client().get("/api/apps/me/secrets/ONE").key(organization.appKey()).send();
        leash.client().get("/api/apps/env").key(organization.appKey()).send();
        leash.client().get("/api/apps/me/secrets/THREE").key(organization.appKey()).send();
        organization.revokeAppKey();
        leash.client().get("/api/apps/me/secrets/ONE").key(organization.appKey()).send();

        Poll.until("all are written", () -> reads(leash, organization).size() == 5);
        assertThat(items(organization, "key=" + organization.appKeyId())).extracting(
                read -> read.get("kind").stringValue() + " " + read.get("envKey").asString("-") + " "
                        + read.get("outcome").stringValue())
                .containsExactlyInAnyOrder("env ONE read", "env ONE read", "env TWO read", "env THREE key_not_declared",
                        "env - invalid_api_key");
    }

    @Test
    void remembersTheUseOfAKeyForTheManifest() {
        TestOrganization organization = leash.founds();
        ApiKeys keys = leash.bean(ApiKeys.class);
        String former = organization.managementKey(Role.OWNER);
        keys.revoke(organization.owner(), keys.known(former).orElseThrow().id());
        for (String key : List.of(organization.appKey(), organization.adminKey(), former)) {
            leash.client().post("/api/apps/default/secrets/sync", "{\"keys\": [\"ONE\"]}").key(key).send();
        }
        LastReads last = leash.bean(LastReads.class);
        Poll.until("the use is remembered", () -> last.used(List.of(ApiKeyId.of(organization.appKeyId()),
                ApiKeyId.of(organization.adminKeyId()))).size() == 2);
        Poll.until("the refusal is written", () -> reads(leash, organization).size() == 1);
        assertThat(items(organization, "")).extracting(
                read -> read.get("kind").stringValue() + " " + read.get("outcome").stringValue())
                .containsExactly("management invalid_api_key");
    }

    @Test
    void listsReadsPageByPageAndByFilters() {
        TestOrganization organization = leash.founds();
        organization.register("one", "token");
        organization.register("two", "token");
        for (int i = 0; i < 5; i++) {
            organization.fetch("one");
        }
        organization.fetch("two");
        organization.fetch("none");
        Poll.until("all are written", () -> reads(leash, organization).size() == 7);

        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            LeashAnswer page = list(organization, "limit=3" + next);
            page.json().get("items").forEach(all::add);
            next = page.member("next") == null ? null : "&after=" + page.member("next");
        } while (next != null);
        assertThat(all).doesNotHaveDuplicates().hasSize(7);
        assertThat(all).extracting(read -> Instant.parse(read.get("at").stringValue()))
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(all.getFirst().get("outcome").stringValue()).isEqualTo("unknown_mcp_server");
        assertThat(items(organization, "slug=two")).hasSize(1);
        assertThat(items(organization, "outcome=handed_off")).hasSize(6);
        assertThat(items(organization, "key=" + organization.appKeyId() + "&from=2020-01-01T00:00:00Z")).hasSize(7);
        assertThat(items(organization, "to=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(items(leash.founds(), "slug=one")).isEmpty();
        for (String wrong : List.of("after=x", "from=yesterday", "to=%2B12345-01-01T00:00:00Z", "limit=0")) {
            assertThat(list(organization, wrong).outcome()).isEqualTo("400 invalid_request");
        }
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

    @Test
    void movesReadsThatCameBeforeTheirDayHadItsPartition() {
        JdbcClient jdbc = leash.bean(JdbcClient.class);
        UUID organization = UUID.randomUUID();
        List<String> moments = List.of("2031-05-05T00:00:00Z", "2031-05-05T23:59:59.999999Z", "2031-05-06T00:00:00Z");
        moments.forEach(moment -> record(jdbc, organization, moment));
        assertThat(partitions(jdbc, organization)).containsOnly("audit.read_other");

        leash.bean(StoredReads.class).keepPartitions();

        assertThat(partitions(jdbc, organization)).containsExactly("audit.read_20310505", "audit.read_20310505",
                "audit.read_20310506");
        assertThat(jdbc.sql("select at from audit.read where organization_id = ? order by id").param(organization)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant().toString()).list())
                .isEqualTo(moments);
        record(jdbc, organization, "2031-05-06T12:00:00Z");
        assertThat(partitions(jdbc, organization)).hasSize(4).endsWith("audit.read_20310506");
        jdbc.sql("drop table audit.read_20310505, audit.read_20310506").update();
    }

    private static void record(JdbcClient jdbc, UUID organization, String at) {
        jdbc.sql("""
                insert into audit.read (at, kind, organization_id, key_id, outcome, request_id)
                values (?::timestamptz, 'mcp', ?, gen_random_uuid(), 'handed_off', 'early')
                """).params(at, organization).update();
    }

    /** In which partition each read of the organization is, from the first to the last. */
    private static List<String> partitions(JdbcClient jdbc, UUID organization) {
        return jdbc.sql("select tableoid::regclass::text from audit.read where organization_id = ? order by at")
                .param(organization).query(String.class).list();
    }

    /** Whoever asks: the database knows what day it is, and for how long reads are kept at least. */
    @Test
    void dropsNoReadsOfTheLastMonth() {
        JdbcClient jdbc = leash.bean(JdbcClient.class);
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(20);
        String partition = "audit.read_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
        jdbc.sql(
                "create table " + partition + " partition of audit.read for values from ('" + day + "T00:00:00Z') to ('"
                        + day.plusDays(1) + "T00:00:00Z')")
                .update();
        try {
            leash.bean(StoredReads.class).keepPartitions();
            jdbc.sql("select audit.keep_read_partitions(0)").query((row, number) -> number).list();

            assertThat(jdbc.sql("select to_regclass(?) is not null").param(partition).query(Boolean.class).single())
                    .isTrue();
            assertThatThrownBy(
                    () -> jdbc.sql("select audit.keep_read_partitions('9999-01-01', current_date, current_date)")
                            .query((row, number) -> number).list())
                    .rootCause().hasMessageContaining("does not exist");
        } finally {
            jdbc.sql("drop table " + partition).update();
        }
        assertThatIllegalArgumentException().isThrownBy(
                () -> new ReadLogSettings(ReadLogSettings.Mode.BATCHED, Duration.ofDays(29)));
    }

    private LeashAnswer list(TestOrganization organization, String query) {
        return leash.client().get("/api/organization/audit/reads?" + query).key(organization.adminKey()).send();
    }

    private JsonNode items(TestOrganization organization, String query) {
        return list(organization, query).json().get("items");
    }

    private static List<String> reads(RunningLeash leash, TestOrganization organization) {
        return leash.bean(JdbcClient.class).sql("""
                select coalesce(slug, '-') || ' ' || outcome || ' ' || (version is not null)::text::char(1)
                from audit.read where organization_id = ?
                """).param(organization.id().value()).query(String.class).list();
    }
}
