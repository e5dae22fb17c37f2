package build.leash.app.web.env;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.mcp.TlsIdentity;
import build.leash.app.support.BesideOthers;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.secrets.provider.emulator.SecretManagerEmulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** External sources from the API's point of view: each kind, and what becomes of reads when one fails. */
@BesideOthers
class ExternalSourcesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path folder;
    private static SourceServer server;
    private static SecretManagerEmulator google;
    private static RunningLeash leash;
    private TestOrganization acme;
    private Env env;

    @BeforeAll
    static void start() {
        TlsIdentity tls = TlsIdentity.createIn(folder);
        server = new SourceServer(tls);
        google = SecretManagerEmulator.start();
        leash = RunningLeash.start("leash.outbound.allowed-networks=127.0.0.1/32",
                "leash.outbound.trusted-certificates=" + tls.certificatePem(), "leash.outbound.timeout=1500ms",
                "leash.env.max-age=0s", "leash.env.retry-every=0s", "leash.env.sync-every=1h",
                "leash.env.provider.doppler-url=" + server.url(),
                "leash.env.provider.google-endpoint=" + google.endpoint(),
                "leash.env.provider.google-plaintext=true");
    }

    @AfterAll
    static void stop() {
        leash.close();
        google.close();
        server.close();
    }

    @BeforeEach
    void everythingIsWell() {
        server.failure = 0;
        server.values.clear();
        acme = leash.founds();
        env = new Env(leash, acme);
    }

    static Stream<String> kinds() {
        return Stream.of(doppler(0), infisical(), webhook(), googleSource());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void valueIsReadAndItsChangesWithIt(String source) {
        env.declare("A", "B");
        Env.done(env.add(source), 201);
        for (String value : List.of("first", "Ünïcödé \"2\"", "third")) {
            holds("A", value);
            assertThat(env.read("A").text()).isEqualTo(JSON.writeValueAsString(Map.of("value", value)));
        }
        assertThat(env.read("B").outcome()).isEqualTo("404 key_not_found");
        assertThat(env.all(acme.appKey()).json().get("data").toString()).isEqualTo("{\"A\":\"third\"}");
        holdsNoLonger("A");
        assertThat(env.read("A").outcome()).isIn("404 key_not_found", "200");
    }

    @Test
    void infisicalsImportsCountLess() {
        env.declare("A", "IMPORTED");
        server.values.put("A", "own");
        Env.done(env.add(infisical()), 201);

        assertThat(env.batch(acme.appKey(), "A", "IMPORTED").text())
                .isEqualTo("{\"values\":{\"A\":\"own\",\"IMPORTED\":\"imported\"}}");
    }

    @Test
    void onlyWhatIsDeclaredIsAskedFor() {
        env.declare("B", "A");
        server.values.putAll(Map.of("A", "1", "C", "3"));
        String id = Env.done(env.add(webhook()), 201).member("id");
        assertThat(env.read("A").status()).isEqualTo(200);

        assertThat(server.asked.getLast()).isEqualTo("A,B");
        LeashAnswer held = values(id);
        assertThat(held.json().at("/items").findValuesAsString("key")).containsExactly("A");
        assertThat(held.json().at("/items/0/changedBy").asString()).isEqualTo("system:env-sync");
        env.declare("A", "C");
        assertThat(env.read("C").member("value")).isEqualTo("3");
    }

    @Test
    void whatStaysTheSameIsRecordedOnce() {
        env.declare("A");
        server.values.put("A", "1");
        String id = Env.done(env.add(webhook()), 201).member("id");
        for (int i = 0; i < 5; i++) {
            assertThat(env.read("A").status()).isEqualTo(200);
        }
        assertThat(values(id).json().at("/items/0/version").asInt()).isEqualTo(1);
    }

    @Test
    void aSourceThatFailsIsToldAndComesBack() {
        env.declare("A", "B");
        server.values.put("A", "1");
        String id = Env.done(env.add(doppler(0)), 201).member("id");
        assertThat(env.read("A").status()).isEqualTo(200);

        server.failure = 503;
        LeashAnswer down = env.read("A");
        assertThat(down.outcome()).isEqualTo("502 source_unreachable");
        assertThat(down.header("Retry-After")).isNotNull();
        assertThat(down.text()).doesNotContain("trouble");
        assertThat(env.read("B").outcome()).isEqualTo("502 source_unreachable");
        assertThat(source(id).json().at("/sync/failure").asString()).isEqualTo("status_503");
        assertThat(source(id).json().at("/sync/failingSince").isNull()).isFalse();

        server.failure = 0;
        assertThat(env.read("A").member("value")).isEqualTo("1");
        assertThat(env.read("B").outcome()).isEqualTo("404 key_not_found");
        assertThat(source(id).json().at("/sync/failingSince").isNull()).isTrue();
    }

    @Test
    void lastGoodValueIsServedForAsLongAsTheOwnerAllows() {
        env.declare("A");
        server.values.put("A", "good");
        Env.done(env.add(doppler(600)), 201);
        assertThat(env.read("A").status()).isEqualTo(200);
        server.failure = 500;

        assertThat(env.read("A").member("value")).isEqualTo("good");
        leash.clock().ahead(Duration.ofSeconds(590),
                () -> assertThat(env.read("A").member("value")).isEqualTo("good"));
        leash.clock().ahead(Duration.ofSeconds(601),
                () -> assertThat(env.read("A").outcome()).isEqualTo("502 source_unreachable"));
    }

    @Test
    void aFailingSourceDoesNotMatterWhereAnotherOneHasChangedSince() {
        env.declare("A", "B");
        server.values.putAll(Map.of("A", "external", "B", "external"));
        Env.done(env.add(doppler(0)), 201);
        assertThat(env.batch(acme.appKey(), "A", "B").status()).isEqualTo(200);
        String native0 = env.nativeSource("Typed", "default");
        Env.done(env.set(native0, "A", "typed"), 200);
        assertThat(env.read("A").member("value")).isEqualTo("typed");

        server.failure = 500;
        assertThat(env.read("A").member("value")).isEqualTo("typed");
        assertThat(env.read("B").outcome()).isEqualTo("502 source_unreachable");

        server.failure = 0;
        server.values.put("A", "external again");
        assertThat(env.read("A").member("value")).isEqualTo("external again");
    }

    @Test
    void syncNowTellsWhatCameOfIt() {
        env.declare("A");
        server.values.put("A", "1");
        String id = Env.done(env.add(doppler(0)), 201).member("id");

        assertThat(sync(id).json().at("/sync/succeededAt").isNull()).isFalse();
        assertThat(values(id).json().at("/items/0/version").asInt()).isEqualTo(1);
        server.failure = 429;
        assertThat(sync(id).json().at("/sync/failure").asString()).isEqualTo("status_429");
        String typed = env.nativeSource("Typed", "default");
        assertThat(sync(typed).outcome()).isEqualTo("409 wrong_kind_of_source");
        assertThat(env.set(id, "A", "x").outcome()).isEqualTo("409 wrong_kind_of_source");
    }

    /** There is no answer to keep, and so no transaction that would stay open while somebody outside is asked. */
    @Test
    void syncNowAsksEachTimeWhateverKeyComesAlong() {
        env.declare("A");
        server.values.put("A", "1");
        String id = Env.done(env.add(webhook()), 201).member("id");
        int before = server.asked.size();
        for (int i = 0; i < 2; i++) {
            assertThat(leash.client().call("POST", Env.SOURCES + "/" + id + "/sync").key(acme.adminKey())
                    .header("Idempotency-Key", "sync").send().status()).isEqualTo(200);
        }
        assertThat(server.asked).hasSize(before + 2);
    }

    @Test
    void newCredentialCountsAtOnce() {
        env.declare("A");
        server.values.put("A", "1");
        String id = Env.done(env.add(doppler(0).replace(SourceServer.DOPPLER_TOKEN, "dp.st.wrong")), 201).member("id");
        assertThat(env.read("A").outcome()).isEqualTo("502 source_unreachable");
        assertThat(source(id).json().at("/sync/failure").asString()).isEqualTo("status_401");

        LeashAnswer changed = leash.client().patch(Env.SOURCES + "/" + id,
                "{\"credential\": \"" + SourceServer.DOPPLER_TOKEN + "\"}").key(acme.adminKey()).send();
        assertThat(changed.text()).doesNotContain(SourceServer.DOPPLER_TOKEN);
        assertThat(env.read("A").member("value")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"/redirect,redirected", "/slow,timeout", "/huge,too_large", "/malformed,malformed",
            "/nothing,malformed",
            "/elsewhere,status_404"})
    void noAnswerThatIsNoneIsTaken(String path, String reason) {
        env.declare("A");
        int before = server.asked.size();
        String id = Env.done(env.add(webhook().replace("/env", path)), 201).member("id");

        assertThat(env.read("A").outcome()).isEqualTo("502 source_unreachable");
        assertThat(source(id).json().at("/sync/failure").asString()).isEqualTo(reason);
        assertThat(server.asked).as("nobody went on to where the redirection leads").hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/", "https://user@example.com/", "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/", "https://example.com/#f", "ftp://example.com", "https://example.com:0/"})
    void urlsThatLeadAstrayAreRefused(String url) {
        assertThat(env.add(webhook().replace(server.url() + "/env", url)).outcome()).isEqualTo("400 invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://10.0.0.1/", "https://[::1]/", "https://169.254.169.254/", "https://127.0.0.2/",
            "https://[::ffff:10.0.0.1]/", "https://192.168.0.1:8443/"})
    void addressesInsideAreNotAsked(String url) {
        env.declare("A");
        String id = Env.done(env.add(webhook().replace(server.url() + "/env", url)), 201).member("id");
        assertThat(sync(id).json().at("/sync/failure").asString()).isEqualTo("address_not_allowed");
    }

    @Test
    void settingsAndCredentialFitTheKind() {
        for (String source : List.of(json("doppler", Map.of(), "with blank", 0),
                json("doppler", Map.of("project", "p"), "c", 0),
                json("webhook", Map.of("url", server.url()), "short", 0),
                json("webhook", Map.of(), "c".repeat(30), 0), json("native", Map.of("a", "b"), "c", 0),
                json("google-secret-manager", Map.of("project", "shop"), "{}", 0),
                json("infisical", Map.of("projectId", "shop"), "c", 0), "{\"name\": \"x\", \"kind\": \"doppler\"}")) {
            assertThat(env.add(source).outcome()).isEqualTo("400 invalid_request");
        }
    }

    @Test
    void ownersAreTold() {
        env.declare("A");
        LeashAnswer set = leash.client().put("/api/organization/notifications", "{\"url\": \"" + server.url()
                + "/told\", \"secret\": \"" + SourceServer.SIGNING_SECRET + "\"}").key(acme.adminKey()).send();
        assertThat(set.text()).doesNotContain(SourceServer.SIGNING_SECRET);
        String id = Env.done(env.add(webhook().replace("/env", "/nothing")), 201).member("id");
        assertThat(env.read("A").outcome()).isEqualTo("502 source_unreachable");
        assertThat(env.read("A").outcome()).isEqualTo("502 source_unreachable");

        Poll.until("the failure is told", () -> told(id).size() == 1);
        assertThat(told(id).getFirst()).contains("\"type\":\"secret-source.failed\"", "\"reason\":\"malformed\"");
        leash.client().patch(Env.SOURCES + "/" + id, "{\"settings\": {\"url\": \"" + server.url() + "/env\"}}")
                .key(acme.adminKey()).send();
        assertThat(env.read("A").outcome()).isEqualTo("404 key_not_found");
        Poll.until("the recovery is told", () -> told(id).size() == 2);
        assertThat(told(id).getLast()).contains("\"type\":\"secret-source.recovered\"");
        assertThat(leash.client().delete("/api/organization/notifications").key(acme.adminKey()).send().status())
                .isEqualTo(204);
        assertThat(leash.client().get("/api/organization/notifications").key(acme.adminKey()).send().outcome())
                .isEqualTo("404 unknown_notifications");
    }

    private static List<String> told(String source) {
        return server.told.stream().filter(body -> body.contains(source)).toList();
    }

    private static void holds(String key, String value) {
        server.values.put(key, value);
        google.add("shop", key, value);
    }

    private static void holdsNoLonger(String key) {
        server.values.remove(key);
        google.remove("shop", key);
    }

    private LeashAnswer source(String id) {
        return leash.client().get(Env.SOURCES + "/" + id).key(acme.adminKey()).send();
    }

    private LeashAnswer values(String id) {
        return leash.client().get(Env.SOURCES + "/" + id + "/values").key(acme.adminKey()).send();
    }

    private LeashAnswer sync(String id) {
        LeashClient.Call call = leash.client().call("POST", Env.SOURCES + "/" + id + "/sync").key(acme.adminKey());
        return call.send();
    }

    private static String doppler(int staleSeconds) {
        return json("doppler", Map.of("project", "shop", "config", "prd"), SourceServer.DOPPLER_TOKEN, staleSeconds);
    }

    private static String infisical() {
        return json("infisical", Map.of("url", server.url(), "projectId", "shop", "environment", "prod", "clientId",
                SourceServer.CLIENT_ID), SourceServer.CLIENT_SECRET, 0);
    }

    private static String webhook() {
        return json("webhook", Map.of("url", server.url() + "/env"), SourceServer.SIGNING_SECRET, 0);
    }

    private static String googleSource() {
        return json("google-secret-manager", Map.of("project", "shop"), google.keyFile(), 0);
    }

    private static String json(String kind, Map<String, String> settings, String credential, int staleSeconds) {
        return JSON.writeValueAsString(Map.of("name", kind, "kind", kind, "settings", settings, "credential",
                credential, "staleSeconds", staleSeconds));
    }
}
