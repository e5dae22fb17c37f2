package build.leash.app.web.organization;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class McpServersTest {

    private static final String PATH = "/api/organization/mcp-servers";

    private final RunningLeash leash = RunningLeash.shared();
    private final TestOrganization acme = leash.founds();

    @Test
    void registeredServerIsShownWithoutItsSecrets() {
        LeashAnswer answer = post("", """
                {"slug": "intercom", "displayName": " Intercom ", "url": "https://mcp.intercom.com/sse?a=%2F",
                 "transport": "sse", "auth": {"type": "bearer", "token": "t0ken~value"},
                 "headers": {"X-Tenant": "acme", "X-Signing": {"value": "s3cret~value", "secret": true}}}""");
        JsonNode server = answer.json();

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(PATH + "/intercom");
        assertThat(answer.header("ETag")).isEqualTo("\"" + answer.member("id") + ".1\"");
        assertThat(LeashAnswer.names(server)).containsExactly("id", "slug", "displayName", "url", "transport", "auth",
                "headers", "version", "registeredAt", "registeredBy", "changedAt", "changedBy", "lastFetchedAt");
        assertThat(answer.member("displayName")).isEqualTo("Intercom");
        assertThat(answer.member("url")).isEqualTo("https://mcp.intercom.com/sse?a=%2F");
        assertThat(LeashAnswer.names(server.get("auth"))).containsExactly("type", "version", "rotatedAt", "rotatedBy");
        assertThat(server.get("headers").toString())
                .isEqualTo("{\"X-Tenant\":\"acme\",\"X-Signing\":{\"secret\":true}}");
        assertThat(answer.member("registeredBy")).isEqualTo("api-key:" + acme.adminKeyId());
        assertThat(answer.text()).doesNotContain("t0ken~value", "s3cret~value");
        assertThat(get("/intercom").json()).isEqualTo(server);
        assertThat(list("").get("items").get(0)).isEqualTo(server);
    }

    @Test
    void saysWhenItWasLastFetched() {
        acme.register("echo", "t");
        acme.fetch("echo");

        Poll.until("the time of the fetch is known", () -> get("/echo").member("lastFetchedAt") != null);

        JsonNode server = get("/echo").json();
        assertThat(server.at("/auth/lastFetchedAt")).isEqualTo(server.get("lastFetchedAt"));
        assertThat(list("").at("/items/0/lastFetchedAt")).isEqualTo(server.get("lastFetchedAt"));
    }

    @Test
    void slugCanBeTakenOnce() {
        acme.register("echo", "t");

        assertThat(post("", registration("echo")).outcome()).isEqualTo("409 slug_taken");
        assertThat(acme.fetch("echo").json().at("/data/version").asInt()).isEqualTo(1);
    }

    @Test
    void patchKeepsWhatItDoesNotName() {
        post("", """
                {"slug": "echo", "displayName": "Echo", "url": "https://a.example/1", "transport": "sse",
                 "auth": {"type": "bearer", "token": "t"},
                 "headers": {"X-Tenant": "acme", "X-S": {"value": "s", "secret": true}}}""");

        LeashAnswer url = patch("/echo", "{\"url\": \"https://a.example/2\"}");
        LeashAnswer name = patch("/echo", "{\"displayName\": \"Other\", \"transport\": null}");

        assertThat(url.status()).isEqualTo(200);
        assertThat(name.header("ETag")).isEqualTo("\"" + name.member("id") + ".3\"");
        assertThat(acme.fetch("echo").json().get("data").toString()).isEqualTo("""
                {"slug":"echo","displayName":"Other","url":"https://a.example/2",\
                "headers":{"Authorization":"Bearer t","X-Tenant":"acme","X-S":"s"},"transport":"sse","version":3}""");
    }

    @Test
    void patchThatChangesNothingKeepsTheVersion() {
        acme.register("echo", "t");

        assertThat(patch("/echo", "{}").json().get("version").asInt()).isEqualTo(1);
        assertThat(patch("/echo", "{\"url\": \"https://mcp.example.com/echo\"}").json().get("version").asInt())
                .isEqualTo(1);
    }

    @Test
    void patchReplacesAllHeadersButKeepsSecretOnesOnRequest() {
        post("", """
                {"slug": "echo", "url": "https://a.example/", "auth": {"type": "none"},
                 "headers": {"X-Plain": "p", "X-Keep": {"value": "kept", "secret": true},
                             "X-Gone": {"value": "gone", "secret": true}}}""");

        LeashAnswer answer = patch("/echo",
                "{\"headers\": {\"x-keep\": {\"secret\": true}, \"X-New\": {\"value\": \"new\", \"secret\": true}}}");

        assertThat(answer.json().get("headers").toString())
                .isEqualTo("{\"x-keep\":{\"secret\":true},\"X-New\":{\"secret\":true}}");
        assertThat(acme.fetch("echo").json().at("/data/headers").toString())
                .isEqualTo("{\"x-keep\":\"kept\",\"X-New\":\"new\"}");
        assertThat(patch("/echo", "{\"headers\": {}}").json().get("headers").isEmpty()).isTrue();
    }

    @Test
    void secretHeaderThatIsNotThereCannotBeKept() {
        acme.register("echo", null);

        LeashAnswer changed = patch("/echo", "{\"headers\": {\"X-S\": {\"secret\": true}}}");
        LeashAnswer registered = post("", """
                {"slug": "other", "url": "https://a.example/", "auth": {"type": "none"},
                 "headers": {"X-S": {"secret": true}}}""");

        assertThat(changed.outcome()).isEqualTo("400 invalid_request");
        assertThat(changed.violations()).containsOnlyKeys("headers");
        assertThat(registered.violations()).isEqualTo(changed.violations());
        assertThat(get("/other").outcome()).isEqualTo("404 unknown_mcp_server");
    }

    @Test
    void rotationFromNoneMakesItBearer() {
        acme.register("open", null);

        LeashAnswer answer = post("/open/rotate", "{\"token\": \"fresh\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/auth/type").stringValue()).isEqualTo("bearer");
        assertThat(answer.json().at("/auth/version").asInt()).isEqualTo(2);
        assertThat(answer.json().at("/auth/rotatedBy").stringValue()).isEqualTo("api-key:" + acme.adminKeyId());
        assertThat(answer.header("ETag")).isEqualTo("\"" + answer.member("id") + ".2\"");
        assertThat(acme.fetch("open").json().at("/data/headers/Authorization").stringValue()).isEqualTo("Bearer fresh");
    }

    @Test
    void ifMatchLetsOnlyTheFirstWriterThrough() {
        String etag = acme.register("echo", "t").header("ETag");

        LeashAnswer first = rotate("/echo", "t2").header("If-Match", etag).send();
        LeashAnswer second = rotate("/echo", "t3").header("If-Match", etag).send();
        LeashAnswer patch = leash.client().patch(PATH + "/echo", "{\"displayName\": \"x\"}").key(acme.adminKey())
                .header("If-Match", etag).send();
        LeashAnswer delete = leash.client().delete(PATH + "/echo").key(acme.adminKey()).header("If-Match", etag)
                .send();

        assertThat(first.status()).isEqualTo(200);
        assertThat(List.of(second.outcome(), patch.outcome(), delete.outcome()))
                .containsOnly("412 version_conflict");
        assertThat(acme.fetch("echo").json().at("/data/headers/Authorization").stringValue()).isEqualTo("Bearer t2");
        assertThat(rotate("/echo", "t3").header("If-Match", "*").send().status()).isEqualTo(200);
        assertThat(rotate("/echo", "t4").header("If-Match", first.header("ETag").replace(".2", ".3")).send().status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"\"", "W/\"1f8e5a52-6f3b-4c3a-9a52-1d6f0f1f7a11.1\"", "1", "\"a\", \"b\"",
            "\"1f8e5a52-6f3b-4c3a-9a52-1d6f0f1f7a11.99999999999999999999\""})
    void ifMatchMustBeAnEtagThatWasGivenOut(String tag) {
        acme.register("echo", "t");

        LeashAnswer answer = rotate("/echo", "t2").header("If-Match", tag).send();

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).containsOnlyKeys("If-Match");
    }

    @Test
    void revokedServerIsGoneForGood() {
        acme.register("echo", "t");

        assertThat(delete("/echo").status()).isEqualTo(204);

        assertThat(delete("/echo").outcome()).isEqualTo("404 unknown_mcp_server");
        assertThat(get("/echo").outcome()).isEqualTo("404 unknown_mcp_server");
        assertThat(patch("/echo", "{}").outcome()).isEqualTo("404 unknown_mcp_server");
        assertThat(rotate("/echo", "x").send().outcome()).isEqualTo("404 unknown_mcp_server");
        assertThat(list("").get("items").isEmpty()).isTrue();
    }

    @Test
    void revokedSlugCanBeRegisteredAnew() {
        LeashAnswer old = acme.register("echo", "old");
        delete("/echo");

        LeashAnswer anew = acme.register("echo", null);
        LeashAnswer withOldTag = rotate("/echo", "x").header("If-Match", old.header("ETag")).send();

        assertThat(anew.member("id")).isNotEqualTo(old.member("id"));
        assertThat(anew.json().get("version").asInt()).isEqualTo(1);
        assertThat(acme.fetch("echo").json().at("/data/headers").isEmpty()).isTrue();
        assertThat(withOldTag.outcome()).isEqualTo("412 version_conflict");
    }

    @Test
    void belowGrowthOneCanLookAndRevokeButNotChange() {
        acme.register("echo", "t");
        acme.plan(Plan.STARTER);

        assertThat(post("", registration("other")).outcome()).isEqualTo("402 upgrade_required");
        assertThat(patch("/echo", "{}").outcome()).isEqualTo("402 upgrade_required");
        assertThat(rotate("/echo", "x").send().outcome()).isEqualTo("402 upgrade_required");
        assertThat(get("/echo").status()).isEqualTo(200);
        assertThat(list("").get("items")).hasSize(1);
        assertThat(delete("/echo").status()).isEqualTo(204);
    }

    @Test
    void pagesAreStableBoundedAndEnd() {
        List<String> slugs = List.of("a", "a-1", "a0", "b", "c", "d", "e");
        acme.registerAll(slugs.reversed());

        JsonNode first = list("?limit=3");
        acme.register("aa-inserted-before-the-cursor", null);
        delete("/b");
        JsonNode second = list("?limit=3&after=" + first.get("next").stringValue());
        JsonNode last = list("?limit=3&after=" + second.get("next").stringValue());

        assertThat(slugs(first)).containsExactly("a", "a-1", "a0");
        assertThat(slugs(second)).containsExactly("aa-inserted-before-the-cursor", "c", "d");
        assertThat(slugs(last)).containsExactly("e");
        assertThat(last.get("next").isNull()).isTrue();
        assertThat(slugs(list("?limit=200"))).hasSize(7);
        assertThat(list("?limit=7").get("next").isNull()).isTrue();
        assertThat(list("?after=zzz").toString()).isEqualTo("{\"items\":[],\"next\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=-1", "limit=x", "limit=", "limit=1&limit=2",
            "limit=99999999999", "after=NO-SLUG", "after=", "after=a&after=b", "after=%00", "after=%FF", "after=%zz",
            "after=a%20b", "limit=1%00"})
    void pageRequestsThatMakeNoSenseAreRefused(String query) {
        LeashAnswer answer = leash.raw("GET " + PATH + "?" + query + " HTTP/1.1\r\nHost: x\r\nX-API-Key: "
                + acme.adminKey() + "\r\n\r\n");

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).hasSize(1);
    }

    private static List<String> slugs(JsonNode page) {
        return page.get("items").valueStream().map(server -> server.get("slug").stringValue()).toList();
    }

    private static String registration(String slug) {
        return "{\"slug\": \"" + slug + "\", \"url\": \"https://a.example/\", \"auth\": {\"type\": \"none\"}}";
    }

    private LeashAnswer get(String path) {
        return leash.client().get(PATH + path).key(acme.adminKey()).send();
    }

    private JsonNode list(String query) {
        return get(query).json();
    }

    private LeashAnswer post(String path, String body) {
        return leash.client().post(PATH + path, body).key(acme.adminKey()).send();
    }

    private LeashAnswer patch(String path, String body) {
        return leash.client().patch(PATH + path, body).key(acme.adminKey()).send();
    }

    private LeashAnswer delete(String path) {
        return leash.client().delete(PATH + path).key(acme.adminKey()).send();
    }

    private LeashClient.Call rotate(String path, String token) {
        return leash.client().post(PATH + path + "/rotate", "{\"token\": \"" + token + "\"}").key(acme.adminKey());
    }
}
