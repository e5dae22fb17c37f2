package build.leash.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.Reads;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.app.web.error.ErrorCode;
import build.leash.billing.api.Plan;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 429 and 503, on a further node that has few tokens, no keyring, and a pool that can be used up. */
class UnavailableTest {

    private static final String FETCH = "/api/integrations/mcp-config/";

    private static RunningLeash leash;
    private static RunningLeash node;
    private static TestOrganization acme;

    @BeforeAll
    static void start() {
        leash = RunningLeash.shared();
        node = leash.node("leash.rate-limit.requests-per-second=2", "spring.datasource.hikari.connection-timeout=2000",
                "spring.datasource.hikari.maximum-pool-size=2",
                "leash.reads.connections=1", "leash.reads.timeout=1s",
                "leash.kms.local.keyring=" + leash.dataDirectory().resolve("no-such-keyring"));
        acme = leash.founds();
        acme.register("echo", "t");
        acme.register("open", null);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void keyThatIsUsedTooOftenHasToWait() {
        String key = acme.appKeyFor("open");

        LeashAnswer refused = useUp(key, "open");

        assertThat(refused.outcome()).isEqualTo("429 rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);
        assertThat(refused.json().get("retryAfter").asInt())
                .isEqualTo(Integer.parseInt(refused.header("Retry-After")));
        assertThat(node.client().get(FETCH + "open").key(acme.appKeyFor("open")).send().status())
                .as("another key").isEqualTo(200);
        assertThat(leash.client().get(FETCH + "open").key(key).send().status()).as("each node counts for itself")
                .isEqualTo(200);
    }

    @Test
    void limitIsCheckedAfterTheKeyAndBeforeEverythingElse() {
        TestOrganization starter = leash.founds(Plan.STARTER);
        String limited = acme.appKeyFor("open");

        assertThat(useUp(starter.appKey(), "open").outcome()).isEqualTo("429 rate_limited");
        assertThat(useUp(limited, "echo").outcome()).isEqualTo("429 rate_limited");
        assertThat(useUp(limited, "missing").outcome()).isEqualTo("429 rate_limited");
        for (int i = 0; i < 10; i++) {
            assertThat(node.client().get(FETCH + "open").key("lsk_live_x").send().status()).isEqualTo(401);
            assertThat(node.client().get(FETCH + "open").send().status()).isEqualTo(401);
        }
    }

    @Test
    void writeSideIsLimitedToo() {
        String key = acme.adminKey();
        LeashAnswer answer;
        int sent = 0;
        do {
            answer = node.client().get("/api/organization/plan").key(key).send();
            sent++;
        } while (answer.status() == 200 && sent < 50);

        assertThat(answer.outcome()).isEqualTo("429 rate_limited");
    }

    @Test
    void withoutTheKeyOfAnOrganizationItsSecretsAreUnavailable() {
        LeashAnswer answer = node.client().get(FETCH + "echo").key(acme.appKeyFor("echo")).send();

        assertThat(answer.outcome()).isEqualTo("503 secrets_unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(node.client().get(FETCH + "open").key(acme.appKeyFor("open")).send().status())
                .as("a server without secrets").isEqualTo(200);
    }

    @Test
    void withoutTheDatabaseTheStorageIsUnavailable() throws Exception {
        HikariDataSource pool = node.bean(HikariDataSource.class);
        List<String> keys = List.of(acme.appKeyFor("open"), acme.managementKey(Role.OWNER));
        try (var first = pool.getConnection(); var second = pool.getConnection()) {
            assertThat(first).isNotSameAs(second);
            assertThat(node.client().get(FETCH + "open").key(keys.get(0)).send().status())
                    .as("hand-offs have connections of their own").isEqualTo(200);
            LeashAnswer write = node.client().post("/api/organization/api-keys", "{\"name\": \"x\"}").key(keys.get(1))
                    .send();

            assertThat(write.outcome()).isEqualTo("503 storage_unavailable");
        }
        handOffsNeedTheirs(keys.get(0));
    }

    private static void handOffsNeedTheirs(String key) {
        LeashAnswer fetch = node.bean(Reads.class)
                .inOneView(() -> node.client().get(FETCH + "open").key(key).send());
        assertThat(fetch.outcome()).isEqualTo("503 storage_unavailable");
        assertThat(fetch.header("Retry-After")).isEqualTo("5");
        assertThat(node.client().get(FETCH + "open").key(key).send().status()).isEqualTo(200);
    }

    @Test
    void changesOnOneNodeAreSeenAtOnceOnTheOther() {
        TestOrganization organization = leash.founds();
        organization.register("fresh", null);
        assertThat(node.client().get(FETCH + "fresh").key(organization.appKey()).send().status()).isEqualTo(200);

        organization.plan(Plan.STARTER);
        assertThat(node.client().get(FETCH + "fresh").key(organization.appKey()).send().status()).isEqualTo(402);
        leash.client().delete("/api/organization/api-keys/" + organization.appKeyId()).key(organization.adminKey())
                .send();
        assertThat(node.client().get(FETCH + "fresh").key(organization.appKey()).send().status()).isEqualTo(401);
    }

    /** Uses the key's tokens up at once, without the time that requests take, then asks. */
    private static LeashAnswer useUp(String key, String slug) {
        LeashAnswer answer = node.client().get(FETCH + slug).key(key).send();
        for (int i = 0; answer.status() != 429 && i < 50; i++) {
            answer = node.client().get(FETCH + slug).key(key).send();
        }
        return answer;
    }

    @Test
    void bucketIsTwoSecondsDeep() {
        RateLimit limit = node.bean(RateLimit.class);
        ApiKeyId key = ApiKeyId.random();
        for (int i = 0; i < 4; i++) {
            limit.use(key);
        }

        assertThatThrownBy(() -> limit.use(key)).isInstanceOfSatisfying(Rejected.class,
                rejected -> assertThat(rejected.rejection()).isEqualTo(ErrorCode.RATE_LIMITED));
    }
}
