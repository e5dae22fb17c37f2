package build.leash.app.web.env;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.AppName;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.RuntimeEnv;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class RuntimeEnvTest {

    private final RunningLeash leash = RunningLeash.shared();
    private final LeashClient client = leash.client();
    private final TestOrganization acme = leash.founds();
    private final Env env = new Env(leash, acme);
    private String source;

    @BeforeEach
    void oneValue() {
        source = env.nativeSource("Production", "default");
        env.declare("DATABASE_URL", "STRIPE_KEY");
        Env.done(env.set(source, "DATABASE_URL", "postgres://db/shop"), 200);
    }

    @Test
    void valueIsAllThatComesBack() {
        LeashAnswer answer = env.read("DATABASE_URL");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"value\":\"postgres://db/shop\"}");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    /** Whatever an acknowledged change made of a value, the very next read sees it, and every one after. */
    @Test
    void changeIsSeenByTheVeryNextRead() {
        for (int i = 0; i < 20; i++) {
            Env.done(env.set(source, "DATABASE_URL", "value-" + i), 200);
            assertThat(env.read("DATABASE_URL").member("value")).isEqualTo("value-" + i);
        }
        Env.done(client.delete(Env.SOURCES + "/" + source + "/values/DATABASE_URL").key(acme.adminKey()).send(), 204);
        assertThat(env.read("DATABASE_URL").outcome()).isEqualTo("404 key_not_found");
    }

    @Test
    void readsThatRaceWithChangesNeverGoBack() throws InterruptedException {
        AtomicReference<String> failure = new AtomicReference<>();
        AtomicReference<Integer> acknowledged = new AtomicReference<>(0);
        Env.done(env.set(source, "DATABASE_URL", "0"), 200);
        Thread writer = Thread.ofVirtual().start(() -> IntStream.rangeClosed(1, 30).forEach(i -> {
            Env.done(env.set(source, "DATABASE_URL", Integer.toString(i)), 200);
            acknowledged.set(i);
        }));
        List<Thread> readers = IntStream.range(0, 4).mapToObj(n -> Thread.ofVirtual().start(() -> {
            while (writer.isAlive()) {
                int atLeast = acknowledged.get();
                int read = Integer.parseInt(env.read("DATABASE_URL").member("value"));
                if (read < atLeast) {
                    failure.set(read + " after " + atLeast);
                }
            }
        })).toList();
        writer.join();
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(failure.get()).isNull();
        assertThat(env.read("DATABASE_URL").member("value")).isEqualTo("30");
    }

    @Test
    void batchIsAllOrAnError() {
        assertThat(env.batch(acme.appKey(), "DATABASE_URL", "STRIPE_KEY").outcome()).isEqualTo("404 key_not_found");
        Env.done(env.set(source, "STRIPE_KEY", ""), 200);

        assertThat(env.batch(acme.appKey(), "STRIPE_KEY", "DATABASE_URL").text())
                .isEqualTo("{\"values\":{\"STRIPE_KEY\":\"\",\"DATABASE_URL\":\"postgres://db/shop\"}}");
        assertThat(env.batch(acme.appKey()).text()).isEqualTo("{\"values\":{}}");
        assertThat(env.batch(acme.appKey(), "DATABASE_URL", "OTHER").outcome()).isEqualTo("404 key_not_declared");
        assertThat(env.batch(acme.appKey(), "DATABASE_URL", "1X").outcome()).isEqualTo("400 invalid_key");
        String[] tooMany = IntStream.rangeClosed(0, 100).mapToObj(i -> "K" + i).toArray(String[]::new);
        assertThat(env.batch(acme.appKey(), tooMany).violations()).containsOnlyKeys("keys");
    }

    @Test
    void olderClientsGetTheirShape() {
        env.declare("DATABASE_URL", "STRIPE_KEY", "NOWHERE");
        Env.done(env.set(source, "STRIPE_KEY", "sk"), 200);

        assertThat(env.all(acme.appKey()).text()).isEqualTo(
                "{\"success\":true,\"data\":{\"DATABASE_URL\":\"postgres://db/shop\",\"STRIPE_KEY\":\"sk\"}}");
        LeashAnswer failure = env.all("lsk_live_x");
        assertThat(failure.json().get("success").asBoolean()).isFalse();
        assertThat(failure.member("code")).isEqualTo("invalid_api_key");
        assertThat(failure.member("error")).isNotBlank();
    }

    @Test
    void keyAlsoComesAsABearerToken() {
        LeashClient.Call call = client.get("/api/apps/me/secrets/DATABASE_URL");
        assertThat(call.header("Authorization", "Bearer " + acme.appKey()).send().member("value"))
                .isEqualTo("postgres://db/shop");
        assertThat(client.get("/api/apps/env").header("authorization", "bearer " + acme.appKey()).send().status())
                .isEqualTo(200);
    }

    @Test
    void bearerTokenBesideAnApiKeyIsTheEndUsers() {
        for (String token : List.of("eyJhbGciOi.x.y", "lsk_live_nonsense")) {
            assertThat(client.get("/api/apps/me/secrets/DATABASE_URL").key(acme.appKey())
                    .header("Authorization", "Bearer " + token).send().status()).isEqualTo(200);
        }
        assertThat(client.get("/api/apps/env").header("Authorization", "Bearer eyJ").send().outcome())
                .isEqualTo("401 api_key_required");
        assertThat(client.get("/api/apps/env").key("lsk_live_x").header("Authorization", "Bearer " + acme.appKey())
                .send().outcome()).isEqualTo("401 invalid_api_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1A", "A-B", "A.B", "%20", "%C3%84", "A%00", "A%0A"})
    void whatIsNoKeyIsRefusedAndNotRepeated(String key) {
        LeashAnswer answer = env.read(key);
        assertThat(answer.outcome()).isIn("400 invalid_key", "400 invalid_request");
        assertThat(answer.member("error")).doesNotContain(key);
    }

    @Test
    void longestKeyIsRead() {
        String longest = "K".repeat(100);
        env.declare(longest);
        Env.done(env.set(source, longest, "x"), 200);

        assertThat(env.read(longest).member("value")).isEqualTo("x");
        assertThat(env.read(longest + "K").outcome()).isEqualTo("400 invalid_key");
    }

    @Test
    void onlyWhatIsDeclaredIsRead() {
        Env.done(env.set(source, "UNDECLARED", "x"), 200);

        assertThat(env.read("UNDECLARED").outcome()).isEqualTo("404 key_not_declared");
        assertThat(env.read("STRIPE_KEY").outcome()).isEqualTo("404 key_not_found");
        env.declare("STRIPE_KEY");
        assertThat(env.read("DATABASE_URL").outcome()).isEqualTo("404 key_not_declared");
    }

    @Test
    void errorsComeInTheirOrder() {
        TestOrganization starter = leash.founds(Plan.STARTER);

        assertThat(env.read(null, "DATABASE_URL").outcome()).isEqualTo("401 api_key_required");
        assertThat(env.read(acme.adminKey(), "DATABASE_URL").outcome()).isEqualTo("401 invalid_api_key");
        assertThat(env.read(starter.appKey(), "1A").outcome()).isEqualTo("400 invalid_key");
        LeashAnswer upgrade = env.read(starter.appKey(), "DATABASE_URL");
        assertThat(upgrade.outcome()).isEqualTo("402 upgrade_required");
        assertThat(upgrade.member("requiredPlan")).isEqualTo("growth");
        assertThat(env.all(starter.appKey()).outcome()).isEqualTo("402 upgrade_required");
        assertThat(client.post("/api/apps/me/secrets:batch", "no json").send().outcome())
                .isEqualTo("401 api_key_required");
    }

    @Test
    void planCountsForTheVeryNextRead() {
        acme.plan(Plan.STARTER);
        assertThat(env.read("DATABASE_URL").outcome()).isEqualTo("402 upgrade_required");
        acme.plan(Plan.GROWTH);
        assertThat(env.read("DATABASE_URL").status()).isEqualTo(200);
    }

    @Test
    void everyReadAndRefusalIsInTheReadLog() {
        env.read("DATABASE_URL");
        env.read("1A");
        env.batch(acme.appKey(), "DATABASE_URL", "STRIPE_KEY");
        env.all(acme.appKey());

        JdbcClient jdbc = leash.bean(JdbcClient.class);
        Supplier<List<String>> entries = () -> jdbc.sql("""
                select coalesce(env_key, '-') || ' ' || outcome || ' ' || (version like ? || '.%')::text from audit.read
                where organization_id = ? and slug is null
                """).params(source, acme.id().value()).query(String.class).list();
        Poll.until("all are written", () -> entries.get().size() == 5);
        assertThat(entries.get()).filteredOn(Objects::nonNull).containsExactlyInAnyOrder("DATABASE_URL read true",
                "DATABASE_URL read true");
        assertThat(jdbc.sql("select outcome from audit.read where organization_id = ? and version is null")
                .param(acme.id().value()).query(String.class).list())
                .containsExactlyInAnyOrder("invalid_key", "key_not_found", "key_not_found");
        Poll.until("the last read shows", () -> leash.bean(RuntimeEnv.class)
                .lastReads(acme.id(), AppName.DEFAULT).containsKey(EnvKey.of("DATABASE_URL")));
        Env.done(leash.client().delete(Env.APPS + "/default").key(acme.adminKey()).send(), 204);
        assertThat(leash.bean(RuntimeEnv.class).lastReads(acme.id(), AppName.DEFAULT)).isEmpty();
    }

    @Test
    void valuesAreKeptAsTheyAre() {
        for (String value : List.of("", " x ", "a\nb\r\n", "Ünïcödé 🔑", "\"quoted\\\"", "{\"json\": [1]}",
                "x".repeat(65_536))) {
            Env.done(env.set(source, "DATABASE_URL", value), 200);
            assertThat(env.read("DATABASE_URL").member("value")).isEqualTo(value);
        }
        assertThat(env.set(source, "DATABASE_URL", "x".repeat(65_537)).violations()).containsOnlyKeys("value");
        assertThat(env.set(source, "DATABASE_URL", "a\0b").violations()).containsOnlyKeys("value");
    }
}
