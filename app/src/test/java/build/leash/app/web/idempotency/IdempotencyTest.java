package build.leash.app.web.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.PersonId;
import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class IdempotencyTest {

    private static final String SERVERS = "/api/organization/mcp-servers";
    private static final String KEYS = "/api/organization/api-keys";
    private static final String NEW_KEY = "{\"name\": \"app\"}";

    private final RunningLeash leash = RunningLeash.shared();
    private final TestOrganization acme = leash.founds();
    private final String key = UUID.randomUUID().toString();

    @Test
    void sameRequestGetsTheFirstAnswerAgain() {
        LeashAnswer first = post(SERVERS, registration("echo"), key).send();
        LeashAnswer again = post(SERVERS, registration("echo"), key).send();

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        for (String header : List.of("Location", "ETag", "Cache-Control", "Content-Type")) {
            assertThat(again.header(header)).isEqualTo(first.header(header)).isNotNull();
        }
        assertThat(again.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
    }

    @Test
    void rotationIsDoneOnce() {
        acme.register("echo", "t");
        for (int i = 0; i < 3; i++) {
            assertThat(post(SERVERS + "/echo/rotate", "{\"token\": \"t2\"}", key).send().json().get("version").asInt())
                    .isEqualTo(2);
        }
        assertThat(acme.fetch("echo").json().at("/data/version").asInt()).isEqualTo(2);
    }

    @Test
    void keyIsIssuedOnceAndItsValueKeptSealed() {
        LeashAnswer first = post(KEYS, NEW_KEY, key).send();
        LeashAnswer again = post(KEYS, NEW_KEY, key).send();
        String value = first.member("value");

        assertThat(again.member("value")).isEqualTo(value).startsWith("lsk_live_");
        assertThat(leash.client().get(KEYS).key(acme.adminKey()).send().json().get("items")).hasSize(3);
        assertThat(rowsWith(value)).isZero();
        assertThat(rowsWith(first.member("id"))).as("the scan finds what is there").isPositive();
    }

    /** In how many rows of any table of ours the text is, in the open or in a {@code bytea}. */
    private long rowsWith(String text) {
        JdbcClient jdbc = leash.bean(JdbcClient.class);
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        return jdbc.sql("""
                select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
                where schemaname not in ('pg_catalog', 'information_schema')
                """).query(String.class).list().stream().mapToLong(table -> jdbc
                .sql("select count(*) from " + table + " t where t::text like ? or t::text like ?")
                .params("%" + text + "%", "%" + hex + "%").query(Long.class).single()).sum();
    }

    @Test
    void otherRequestUnderTheSameKeyIsAConflict() {
        post(SERVERS, registration("echo"), key).send();

        assertThat(post(SERVERS, registration("other"), key).send().outcome()).isEqualTo("409 idempotency_conflict");
        assertThat(post(SERVERS, registration("echo") + " ", key).send().outcome())
                .isEqualTo("409 idempotency_conflict");
        assertThat(post(KEYS, registration("echo"), key).send().outcome()).isEqualTo("409 idempotency_conflict");
        assertThat(post(SERVERS, registration("other"), key + "x").send().status()).isEqualTo(201);
    }

    @Test
    void otherActorsDoNotGetTheAnswer() {
        LeashAnswer first = post(KEYS, NEW_KEY, key).send();
        LeashAnswer colleague = leash.client().post(KEYS, NEW_KEY).header("Idempotency-Key", key)
                .key(acme.managementKey(Role.OWNER)).send();
        LeashAnswer stranger = leash.client().post(KEYS, NEW_KEY).header("Idempotency-Key", key)
                .key(leash.founds().adminKey()).send();
        LeashAnswer viewer = leash.client().post(KEYS, NEW_KEY).header("Idempotency-Key", key)
                .key(acme.managementKey(Role.VIEWER)).send();

        assertThat(List.of(first.member("value"), colleague.member("value"), stranger.member("value")))
                .doesNotHaveDuplicates();
        assertThat(viewer.outcome()).isEqualTo("403 forbidden");
    }

    @Test
    void aPersonUsesAKeyInEachOrganization() {
        Idempotency idempotency = leash.bean(Idempotency.class);
        Actor person = Actor.person(PersonId.random());
        for (TestOrganization organization : List.of(acme, leash.founds())) {
            Caller caller = new Caller(organization.id(), person, Role.OWNER, "request-of-test");
            byte[] body = organization.id().toString().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 2; i++) {
                assertThat(idempotency.firstAnswer(caller, key, "the same", true,
                        () -> new Answer("the same", 200, Map.of(), body)).body()).isEqualTo(body);
            }
        }
    }

    @Test
    void failedRequestsAreNotKept() {
        acme.register("taken", null);

        assertThat(post(SERVERS, registration("taken"), key).send().outcome()).isEqualTo("409 slug_taken");
        leash.client().delete(SERVERS + "/taken").key(acme.adminKey()).send();
        assertThat(post(SERVERS, registration("taken"), key).send().status()).isEqualTo(201);
        assertThat(post(SERVERS, "{}", key + "x").send().outcome()).isEqualTo("400 invalid_request");
        assertThat(post(SERVERS, registration("other"), key + "x").send().status()).isEqualTo(201);
    }

    @Test
    void duplicatesAtOnceHaveOneEffectAndOneAnswer() throws Exception {
        int threads = 32;
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newFixedThreadPool(threads)) {
            List<Future<LeashAnswer>> sent = IntStream.range(0, threads).mapToObj(i -> callers.submit(() -> {
                start.await();
                return post(KEYS, NEW_KEY, key).send();
            })).toList();
            start.countDown();
            for (Future<LeashAnswer> answer : sent) {
                assertThat(answer.get().status()).isEqualTo(201);
                assertThat(answer.get().body()).isEqualTo(sent.getFirst().get().body());
            }
        }
        JsonNode keys = leash.client().get(KEYS).key(acme.adminKey()).send().json().get("items");
        assertThat(keys.valueStream().filter(item -> item.get("createdBy").stringValue().startsWith("api-key:")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "\u00e4", "a\tb", ""})
    void keysThatAreNoneAreRefused(String given) {
        String body = NEW_KEY;
        LeashAnswer answer = leash.raw("POST " + KEYS + " HTTP/1.1\r\nHost: x\r\nX-API-Key: " + acme.adminKey()
                + "\r\nContent-Type: application/json\r\nIdempotency-Key: " + given + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).containsOnlyKeys("Idempotency-Key");
    }

    @Test
    void longestKeyIsTakenAndLongerOneRefused() {
        assertThat(post(KEYS, NEW_KEY, "~".repeat(255)).send().status()).isEqualTo(201);
        assertThat(post(KEYS, NEW_KEY, "~".repeat(256)).send().violations()).containsOnlyKeys("Idempotency-Key");
    }

    @Test
    void answerIsForgottenAfterADay() {
        String first = post(KEYS, NEW_KEY, key).send().member("value");

        isKeptFor(Duration.ofHours(24).minusMinutes(1));
        assertThat(post(KEYS, NEW_KEY, key).send().member("value")).isEqualTo(first);
        isKeptFor(Duration.ofHours(24).plusMinutes(1));
        String second = post(KEYS, NEW_KEY, key).send().member("value");
        assertThat(second).isNotEqualTo(first);
        assertThat(post(KEYS, NEW_KEY, key).send().member("value")).isEqualTo(second);
    }

    @Test
    void purgeDestroysOnlyWhatIsOlderThanADay() {
        post(KEYS, NEW_KEY, key).send();
        AnswerPurge purge = leash.bean(AnswerPurge.class);

        purge.purge();
        assertThat(keptAnswers()).isEqualTo(1);
        isKeptFor(Duration.ofHours(25));
        purge.purge();
        assertThat(keptAnswers()).isZero();
    }

    /** The clock is that of tests beside this one too, whose sessions would be over. */
    private void isKeptFor(Duration age) {
        leash.bean(JdbcClient.class).sql("update web.idempotent_answer set created_at = ? where organization_id = ?")
                .params(leash.clock().instant().minus(age).atOffset(ZoneOffset.UTC), acme.id().value()).update();
    }

    private long keptAnswers() {
        JdbcClient jdbc = leash.bean(JdbcClient.class);
        long answers = jdbc.sql("select count(*) from web.idempotent_answer where organization_id = ?")
                .param(acme.id().value()).query(Long.class).single();
        long sealed = jdbc.sql("""
                select count(*) from secrets.sealed_secret where organization_id = ? and purpose = 'idempotent-answer'
                """).param(acme.id().value()).query(Long.class).single();
        assertThat(sealed).isEqualTo(answers);
        return answers;
    }

    private LeashClient.Call post(String path, String body, String idempotencyKey) {
        return leash.client().post(path, body).key(acme.adminKey()).header("Idempotency-Key", idempotencyKey);
    }

    private static String registration(String slug) {
        return "{\"slug\": \"" + slug + "\", \"url\": \"https://a.example/\", \"auth\": {\"type\": \"none\"}}";
    }
}
