package build.leash.app.web.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.PlainApiKey;
import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HandOffTest {

    private static final String PATH = "/api/integrations/mcp-config/";
    private static final String SERVERS = "/api/organization/mcp-servers";

    private final RunningLeash leash = RunningLeash.shared();
    private final TestOrganization acme = leash.founds();

    @Test
    void answersInTheShapeThatClientsKnow() {
        leash.client().post(SERVERS, """
                {"slug": "intercom", "displayName": "Intercom", "url": "https://mcp.intercom.com/sse",
                 "transport": "sse", "auth": {"type": "bearer", "token": "t0k"}}""").key(acme.adminKey()).send();

        LeashAnswer answer = acme.fetch("intercom");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("""
                {"success":true,"data":{"slug":"intercom","displayName":"Intercom",\
                "url":"https://mcp.intercom.com/sse","headers":{"Authorization":"Bearer t0k"},\
                "transport":"sse","version":1}}""");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void headersAreEmptyWithoutAuth() {
        acme.register("open", null);

        JsonNode data = acme.fetch("open").json().get("data");

        assertThat(data.get("headers").isObject()).isTrue();
        assertThat(data.get("headers").isEmpty()).isTrue();
        assertThat(data.get("transport").stringValue()).isEqualTo("streamable-http");
        assertThat(data.get("displayName").stringValue()).isEqualTo("open");
    }

    @Test
    void handsPlainAndSecretHeadersOff() {
        leash.client().post(SERVERS, """
                {"slug": "many", "url": "https://a.example/", "auth": {"type": "bearer", "token": "b"},
                 "headers": {"X-Tenant": "acme", "X-Api-Key": {"value": "s3cret value", "secret": true}}}""")
                .key(acme.adminKey()).send();

        JsonNode headers = acme.fetch("many").json().at("/data/headers");

        assertThat(headers.toString())
                .isEqualTo("{\"Authorization\":\"Bearer b\",\"X-Tenant\":\"acme\",\"X-Api-Key\":\"s3cret value\"}");
    }

    @Test
    void cookieAndAuthorizationAreIgnored() {
        acme.register("echo", "t");

        LeashAnswer answer = leash.client().get(PATH + "echo").key(acme.appKey())
                .header("cookie", "session=of-the-end-user; broken cookie=\"")
                .header("Authorization", "Bearer of-a-user")
                .send();
        LeashAnswer withoutKey = leash.client().get(PATH + "echo").header("Authorization", "Bearer " + acme.appKey())
                .header("cookie", "key=" + acme.appKey()).send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(acme.fetch("echo").text());
        assertThat(withoutKey.outcome()).isEqualTo("401 api_key_required");
    }

    @Test
    void noSessionIsBegunAndNothingRedirects() {
        acme.register("echo", "t");

        LeashAnswer answer = acme.fetch("echo");

        assertThat(answer.header("Set-Cookie")).isNull();
        assertThat(leash.client().get(PATH + "echo/").key(acme.appKey()).send().outcome()).isEqualTo("404 not_found");
        assertThat(leash.client().get("/" + PATH + "echo").key(acme.appKey()).send().status()).isGreaterThanOrEqualTo(
                400);
    }

    @Test
    void etagIsTheVersion() {
        String id = acme.register("echo", "t").member("id");
        LeashAnswer first = acme.fetch("echo");
        rotate("echo", "t2");
        LeashAnswer second = acme.fetch("echo");

        assertThat(first.header("ETag")).isEqualTo("\"" + id + ".1\"");
        assertThat(second.header("ETag")).isEqualTo("\"" + id + ".2\"");
        assertThat(second.json().at("/data/version").asInt()).isEqualTo(2);
    }

    @Test
    void versionThatTheAppHasIsNotSentAgain() {
        acme.register("echo", "t");
        String etag = acme.fetch("echo").header("ETag");

        for (String known : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
            LeashAnswer answer = leash.client().get(PATH + "echo").key(acme.appKey()).header("If-None-Match", known)
                    .send();
            assertThat(answer.status()).as(known).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("ETag")).isEqualTo(etag);
        }
        rotate("echo", "t2");
        assertThat(leash.client().get(PATH + "echo").key(acme.appKey()).header("If-None-Match", etag).send().status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "\"a", "W/", ",,,", "\"1f8e5a52-6f3b-4c3a-9a52-1d6f0f1f7a11.1\""})
    void entityTagsOfOthersMatchNothing(String tag) {
        acme.register("echo", "t");

        assertThat(leash.client().get(PATH + "echo").key(acme.appKey()).header("If-None-Match", tag).send().status())
                .isEqualTo(200);
    }

    /** A 304 would tell what the other answers hide. */
    @Test
    void knownVersionsPassTheSameChecks() {
        acme.register("echo", "t");
        String etag = acme.fetch("echo").header("ETag");
        String limited = acme.appKeyFor("other");

        assertThat(known(etag, null)).isEqualTo("401 api_key_required");
        assertThat(known(etag, "lsk_live_nonsense")).isEqualTo("401 invalid_api_key");
        assertThat(known(etag, limited)).isEqualTo("403 not_allowed");
        acme.plan(Plan.STARTER);
        assertThat(known(etag, acme.appKey())).isEqualTo("402 upgrade_required");
        acme.plan(Plan.GROWTH);
        leash.client().delete(SERVERS + "/echo").key(acme.adminKey()).send();
        assertThat(known(etag, acme.appKey())).isEqualTo("404 unknown_mcp_server");
    }

    private String known(String etag, String key) {
        return leash.client().get(PATH + "echo").key(key).header("If-None-Match", etag).send().outcome();
    }

    @Test
    void unknownMalformedAndRevokedKeysGetOneAnswer() {
        acme.register("echo", "t");
        String revoked = acme.appKeyFor("echo");
        String id = leash.client().get("/api/organization/api-keys").key(acme.adminKey()).send().json().get("items")
                .valueStream().filter(key -> key.get("name").stringValue().equals("limited")).findFirst().orElseThrow()
                .get("id").stringValue();
        leash.client().delete("/api/organization/api-keys/" + id).key(acme.adminKey()).send();
        String unknown = PlainApiKey.generate(ApiKeyKind.APP).reveal();

        List<JsonNode> answers = Stream
                .of(revoked, unknown, "nonsense", acme.appKey() + "0", acme.appKey().toUpperCase(Locale.ROOT),
                        acme.adminKey(), acme.managementKey(Role.VIEWER))
                .map(key -> leash.client().get(PATH + "echo").key(key).send())
                .peek(answer -> assertThat(answer.outcome()).isEqualTo("401 invalid_api_key"))
                .map(LeashAnswer::jsonWithoutRequestId).distinct().toList();

        assertThat(answers).hasSize(1);
    }

    @Test
    void emptyKeyIsAnInvalidOne() {
        assertThat(leash.raw("GET " + PATH + "echo HTTP/1.1\r\nHost: x\r\nX-API-Key:\r\n\r\n").outcome())
                .isEqualTo("401 invalid_api_key");
    }

    @Test
    void starterOrganizationLearnsTheSameWhateverTheSlug() {
        TestOrganization starter = leash.founds();
        starter.register("echo", "t");
        String limited = starter.appKeyFor("other");
        starter.plan(Plan.STARTER);

        for (String slug : List.of("echo", "nothing", "NO-SLUG", "x".repeat(500))) {
            LeashAnswer answer = leash.client().get(PATH + slug).key(starter.appKey()).send();
            assertThat(answer.outcome()).as(slug).isEqualTo("402 upgrade_required");
            assertThat(answer.member("requiredPlan")).isEqualTo("growth");
            assertThat(answer.member("currentPlan")).isEqualTo("starter");
        }
        assertThat(leash.client().get(PATH + "echo").key(limited).send().outcome()).isEqualTo("402 upgrade_required");
        assertThat(leash.client().get(PATH + "echo").key("lsk_live_x").send().outcome())
                .isEqualTo("401 invalid_api_key");
    }

    @Test
    void limitedKeyLearnsNothingOfOtherSlugs() {
        acme.register("echo", "t");
        acme.register("hidden", "t");
        String limited = acme.appKeyFor("echo", "later");

        LeashAnswer existing = leash.client().get(PATH + "hidden").key(limited).send();
        LeashAnswer missing = leash.client().get(PATH + "missing").key(limited).send();
        LeashAnswer nonsense = leash.client().get(PATH + "NO-SLUG").key(limited).send();

        assertThat(existing.outcome()).isEqualTo("403 not_allowed");
        assertThat(missing.jsonWithoutRequestId()).isEqualTo(existing.jsonWithoutRequestId())
                .isEqualTo(nonsense.jsonWithoutRequestId());
        assertThat(leash.client().get(PATH + "echo").key(limited).send().status()).isEqualTo(200);
        assertThat(leash.client().get(PATH + "later").key(limited).send().outcome())
                .isEqualTo("404 unknown_mcp_server");
    }

    @Test
    void unknownSlugIsNamedAndWhatIsNoSlugIsNot() {
        LeashAnswer unknown = acme.fetch("intercom");
        LeashAnswer noSlug = acme.fetch("Sk~not-a-slug");

        assertThat(unknown.outcome()).isEqualTo("404 unknown_mcp_server");
        assertThat(unknown.member("error")).isEqualTo("Unknown MCP server: intercom");
        assertThat(LeashAnswer.names(unknown.json())).containsExactly("success", "code", "error", "type", "title",
                "status", "detail", "action", "seeAlso", "requestId");
        assertThat(unknown.member("action")).isEqualTo("Register it on the dashboard: /dashboard/organization");
        assertThat(unknown.member("seeAlso")).isEqualTo("/docs/errors#unknown_mcp_server");
        assertThat(noSlug.outcome()).isEqualTo("404 unknown_mcp_server");
        assertThat(noSlug.text()).doesNotContain("Sk~");
    }

    @Test
    void everyChangeIsSeenByTheNextFetch() {
        acme.register("echo", "t1");
        for (int i = 2; i < 12; i++) {
            rotate("echo", "t" + i);
            assertThat(acme.fetch("echo").json().at("/data/headers/Authorization").stringValue())
                    .isEqualTo("Bearer t" + i);
        }
        leash.client().patch(SERVERS + "/echo", "{\"url\": \"https://b.example/\"}").key(acme.adminKey()).send();
        assertThat(acme.fetch("echo").json().at("/data/url").stringValue()).isEqualTo("https://b.example/");
        leash.client().delete(SERVERS + "/echo").key(acme.adminKey()).send();
        assertThat(acme.fetch("echo").outcome()).isEqualTo("404 unknown_mcp_server");
    }

    @Test
    void headAnswersLikeGetWithoutBody() {
        acme.register("echo", "t");

        LeashAnswer head = leash.client().call("HEAD", PATH + "echo").key(acme.appKey()).send();

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("ETag")).isEqualTo(acme.fetch("echo").header("ETag"));
        assertThat(leash.client().call("HEAD", PATH + "echo").send().status()).isEqualTo(401);
    }

    @Test
    void saneRequestIdIsEchoedAndAnyOtherReplaced() {
        for (String sane : List.of("12345678", "6b1f9d53-70f1-4f4c-8a6c-3f2f3a0b6a55", "A_b-".repeat(16))) {
            assertThat(requestId(sane)).isEqualTo(sane);
        }
        for (String other : List.of("short", "x".repeat(65), "with blank", "semi;colon", "a~tilde-token",
                acme.appKey())) {
            assertThat(requestId(other)).isNotEqualTo(other).matches("[0-9a-f-]{36}");
        }
    }

    private String requestId(String sent) {
        LeashAnswer answer = leash.client().get(PATH + "nothing").key(acme.appKey()).header("X-Request-Id", sent)
                .send();
        return answer.header("X-Request-Id");
    }

    private void rotate(String slug, String token) {
        assertThat(leash.client().post(SERVERS + "/" + slug + "/rotate", "{\"token\": \"" + token + "\"}")
                .key(acme.adminKey()).send().status()).isEqualTo(200);
    }
}
