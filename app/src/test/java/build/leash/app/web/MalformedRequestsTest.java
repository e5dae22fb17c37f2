package build.leash.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends gets a documented 4xx as well. */
class MalformedRequestsTest {

    private static final String SERVERS = "/api/organization/mcp-servers";
    private static final String FETCH = "/api/integrations/mcp-config/";
    private static final String VALID = "{\"slug\": \"valid\", \"url\": \"https://a.example/\","
            + " \"auth\": {\"type\": \"none\"}}";
    private static final int MAX_BODY = 131_072;

    private static RunningLeash leash;
    private static TestOrganization acme;

    @BeforeAll
    static void found() {
        leash = RunningLeash.shared();
        acme = leash.founds();
        acme.register("echo", "t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "}", "{]", "null", "true", "1", "\"x\"", "[]", "[{}]", "{}{}", "{} x",
            "{'slug': 'a', 'slug': 'b'}", "{'auth': {'type': 'none', 'type': 'none'}}", "{'slug' 'a'}", "{slug: 1}",
            "{'slug': 'a',}", "{'slug': 'a' /* x */}", "{'slug': NaN}", "{'slug': 01}", "{'slug': '\\u00'}",
            "{'slug': '\\x'}", "{'slug': 1e}", "\uFEFF{}x", "{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{}}}}}}}}}"})
    void bodiesThatAreNoJsonObjectAreRefused(String body) {
        LeashAnswer answer = post(SERVERS, body.replace('\'', '"')).send();

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).containsOnlyKeys("");
        assertThat(answer.text()).doesNotContain("tools.jackson", "line:", "Unexpected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'slug': 1e999999999}", "{'slug': 1e-999999999}", "{'x': 123456789012345678901234567890}"})
    void numbersOfAnySizeAreRefused(String body) {
        assertThat(post(SERVERS, body.replace('\'', '"')).send().outcome()).isEqualTo("400 invalid_request");
    }

    @Test
    void hugeNumbersAndDeepNestingAreRefused() {
        assertThat(post(SERVERS, "{\"slug\": " + "9".repeat(100_000) + "}").send().outcome())
                .isEqualTo("400 invalid_request");
        assertThat(post(SERVERS, "[".repeat(60_000) + "]".repeat(60_000)).send().outcome())
                .isEqualTo("400 invalid_request");
        assertThat(post(SERVERS, "{\"" + "x".repeat(100_000) + "\": 1}").send().outcome())
                .isEqualTo("400 invalid_request");
    }

    @Test
    void manyUnknownMembersAreRefusedInAnAnswerOfBoundedSize() {
        StringBuilder body = new StringBuilder("{\"a\": 1");
        for (int i = 0; body.length() < MAX_BODY - 20; i++) {
            body.append(",\"m").append(i).append("\":1");
        }
        LeashAnswer answer = post(SERVERS, body.append("}").toString()).send();

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.body().length).isLessThan(64 * 1024);
    }

    @Test
    void bodiesUpToTheLimitAreReadAndLargerOnesRefused() {
        byte[] largest = padded(MAX_BODY);
        byte[] larger = padded(MAX_BODY + 1);

        assertThat(json().body(largest).send().outcome()).isEqualTo("400 invalid_request");
        assertThat(json().chunked(largest).send().outcome()).isEqualTo("400 invalid_request");
        assertThat(json().body(larger).send().outcome()).isEqualTo("413 request_too_large");
        assertThat(json().chunked(larger).send().outcome()).isEqualTo("413 request_too_large");
        assertThat(json().chunked(padded(5_000_000)).send().outcome()).isEqualTo("413 request_too_large");
        assertThat(raw("POST " + SERVERS, "Content-Type: application/json\r\nContent-Length: 999999999999\r\n", "{")
                .outcome()).isEqualTo("413 request_too_large");
    }

    private static byte[] padded(int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) ' ');
        body[0] = '{';
        body[length - 1] = '}';
        return body;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080", "\u00c3"})
    void bodiesThatAreNotUtf8AreRefused(String latin1) {
        byte[] body = ("{\"slug\": \"" + latin1 + "\"}").getBytes(StandardCharsets.ISO_8859_1);

        LeashAnswer answer = json().body(body).send();

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations().get("")).containsExactly("The body is not valid UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/xml", "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x", "application/json-patch+json", "garbage", "/", "application/*", "*/*",
            "application/json; charset=utf-8, text/plain", ";", "application/json;"})
    void contentTypesOtherThanJsonAreRefused(String type) {
        LeashAnswer answer = raw("POST " + SERVERS, "Content-Type: " + type + "\r\nContent-Length: 2\r\n", "{}");

        if (type.equals("application/json;")) {
            assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        } else {
            assertThat(answer.outcome()).as(answer.text()).isEqualTo("415 unsupported_media_type");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8",
            "APPLICATION/JSON", "application/json; charset=\"utf-8\""})
    void jsonIsTakenHoweverItIsWritten(String type) {
        LeashAnswer answer = leash.client().call("PATCH", SERVERS + "/echo").header("Content-Type", type)
                .body("{}".getBytes(StandardCharsets.UTF_8)).key(acme.adminKey()).send();

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void bodyWithoutContentTypeIsRefused() {
        assertThat(raw("POST " + SERVERS, "Content-Length: " + VALID.length() + "\r\n", VALID).outcome())
                .isEqualTo("415 unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "garbage", ";;;", "image/*"})
    void answersThatAreNotJsonAreNotAvailable(String accept) {
        assertThat(leash.client().get(FETCH + "echo").key(acme.appKey()).header("Accept", accept).send().outcome())
                .isEqualTo("406 not_acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "application/json;q=0.1, text/html", "application/json"})
    void anythingThatIncludesJsonIsAcceptable(String accept) {
        assertThat(leash.client().get(FETCH + "echo").key(acme.appKey()).header("Accept", accept).send().status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api", "/api/", "/nothing", "/api/integrations/mcp-config", FETCH, FETCH + "echo/",
            FETCH + "echo/x", FETCH + "echo.json", "/API/INTEGRATIONS/mcp-config/echo", "/error", "/robots.txt",
            "/favicon.ico", "/actuator/env", "/actuator/heapdump", "/index.html", "/WEB-INF/web.xml",
            "/META-INF/MANIFEST.MF", "/v3/api-docs/", "/docs", "/docs/errors/x", "/docs/assets/..;/api.html"})
    void unknownPathsAreNotFound(String path) {
        LeashAnswer answer = leash.client().get(path).key(acme.appKey()).send();

        assertThat(answer.outcome()).isIn("404 not_found", "404 unknown_mcp_server", "400 invalid_request");
        assertThat(answer.outcome()).isNotEqualTo(path.startsWith("/docs/assets") ? "" : "400 invalid_request");
    }

    @Test
    void unknownPathsOfTheWriteSideAreNotToldToStrangers() {
        assertThat(leash.client().get("/api/organization/nothing").send().outcome())
                .isEqualTo("401 api_key_required");
        assertThat(leash.client().get("/api/organization/nothing").key(acme.adminKey()).send().outcome())
                .isEqualTo("404 not_found");
        assertThat(leash.client().get("/api/organization").key(acme.adminKey()).send().outcome())
                .isEqualTo("404 not_found");
    }

    /** The key is asked for wherever a controller would be found. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/%6frganization/plan", "/api/organization;x=y/plan", "/api;x/organization/plan",
            "/api/organization/plan;jsessionid=1", "/api/./organization/plan", "/x/../api/organization/plan",
            "//api/organization/plan", "/api//organization/plan", "/api/organization//plan"})
    void otherSpellingsOfThePathOpenNothing(String path) {
        assertThat(raw("GET " + path, "", "").status()).isIn(200, 400, 404);
        LeashAnswer stranger = leash.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(stranger.outcome()).isIn("401 api_key_required", "400 invalid_request", "404 not_found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "DELETE | /api/integrations/mcp-config/echo      | GET",
            "POST   | /api/integrations/mcp-config/echo      | GET",
            "PUT    | /api/organization/mcp-servers          | GET POST",
            "DELETE | /api/organization/mcp-servers          | GET POST",
            "POST   | /api/organization/mcp-servers/echo     | GET PATCH DELETE",
            "GET    | /api/organization/mcp-servers/echo/rotate | POST",
            "POST   | /api/organization/plan                 | GET PUT",
            "GET    | /api/organization/api-keys/x           | DELETE",
            "POST   | /docs/errors                           | GET",
            "DELETE | /v3/api-docs                           | GET",
            "FOO    | /api/integrations/mcp-config/echo      | GET",
            "PROPFIND | /api/organization/plan               | GET PUT"})
    void methodsThatAPathDoesNotTakeAreRefused(String method, String path, String allowed) {
        LeashAnswer answer = raw(method + " " + path, "", "");

        assertThat(answer.outcome()).isEqualTo("405 method_not_allowed");
        assertThat(answer.header("Allow").split(", ?")).contains(allowed.split(" "));
        assertThat(answer.text()).doesNotContain("PROPFIND", "FOO");
    }

    @Test
    void traceEchoesNothingAndOptionsTellsTheMethods() {
        LeashAnswer trace = raw("TRACE " + FETCH + "echo", "", "");
        LeashAnswer options = leash.client().call("OPTIONS", FETCH + "echo").send();

        assertThat(trace.outcome()).isEqualTo("405 method_not_allowed");
        assertThat(trace.text()).doesNotContain(acme.adminKey());
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow")).contains("GET");
        assertThat(options.body()).isEmpty();
        assertThat(leash.client().call("OPTIONS", SERVERS).send().outcome()).isEqualTo("401 api_key_required");
    }

    @ParameterizedTest
    @CsvSource({"X-API-Key,lsk_live_x", "Idempotency-Key,a", "If-Match,*", "Content-Type,application/json"})
    void headersThatMustBeUnambiguousAreRefusedTwice(String name, String value) {
        String header = name + ": " + value + "\r\n";
        LeashAnswer answer = raw("PATCH " + SERVERS + "/echo", header + header + "Content-Length: 2\r\n", "{}");

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).containsOnlyKeys(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "%00", "a%00b", "a%2Fb", "%2e%2e%2fadmin", "a%5Cb", "%FF", "%C0%80", "%zz", "%", "%2", "a\\b", "a b",
            "a\"b",
            "<x>", "{x}", "a|b", "a^b", "\u00e4", "\u00ff", "a\u0001", "a%0d%0aX-Injected:1", "%E2%80%AE", "a;b=c",
            "..",
            "%2e%2e", "..;"})
    void slugsInThePathThatAreNoneAreRefused(String slug) {
        LeashAnswer answer = raw("GET " + FETCH + slug, "", "");
        LeashAnswer write = raw("GET " + SERVERS + "/" + slug, "", "");

        assertThat(answer.status()).isIn(400, 401, 404);
        assertThat(write.status()).isIn(400, 401, 404, 200);
        assertThat(answer.header("X-Injected")).isNull();
    }

    @Test
    void overlongUrlsAndHeadersAreRefused() {
        assertThat(raw("GET " + FETCH + "x".repeat(40_000), "", "").status()).isIn(400, 413);
        assertThat(raw("GET " + FETCH + "echo?x=" + "y".repeat(40_000), "", "").status()).isIn(400, 413);
        assertThat(raw("GET " + FETCH + "echo", "X-Long: " + "x".repeat(40_000) + "\r\n", "").status()).isIn(400, 413);
        assertThat(raw("GET " + FETCH + "echo", "X-Many: x\r\n".repeat(2_000), "").status()).isIn(400, 413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "GET", "GET / HTTP/9.9", "GET / HTTP/1.1 x",
            " / HTTP/1.1",
            "GET x HTTP/1.1", "G\u00e4T / HTTP/1.1", "GET http:// HTTP/1.1", "GET http://a b/ HTTP/1.1",
            "(((( / HTTP/1.1",
            "GET / HTTP/1.1\r\nNo colon", "GET / HTTP/1.1\r\n: no name", "GET / HTTP/1.1\r\nSpace : x",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b", "GET / HTTP/1.1\r\nHost: a b", "GET / HTTP/1.1\r\nHost: a:b:c",
            "GET / HTTP/1.1\r\nX: \u0000", "POST / HTTP/1.1\r\nContent-Length: x",
            "POST / HTTP/1.1\r\nContent-Length: -1",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "\u0016\u0003\u0001"})
    void garbageInTheHeadIsRefused(String head) {
        assertThat(leash.raw(head + "\r\n\r\n").status()).isBetween(400, 499);
    }

    @Test
    void missingHostIsRefusedExceptOfOldClients() {
        assertThat(leash.raw("GET " + FETCH + "echo HTTP/1.1\r\n\r\n").outcome()).isEqualTo("400 invalid_request");
        assertThat(leash.raw("GET " + FETCH + "echo HTTP/1.0\r\nX-API-Key: " + acme.appKey() + "\r\n\r\n").status())
                .isEqualTo(200);
        assertThat(leash.raw("GET " + FETCH + "echo HTTP/1.0\r\n\r\n").outcome()).isEqualTo("401 api_key_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /nothing", "GET  HTTP/1.1"})
    void oldestHttpIsAnsweredWithTheBareBody(String line) {
        LeashAnswer answer = leash.raw(line + "\r\n\r\n");

        assertThat(answer.status()).isZero();
        assertThat(answer.member("code")).isIn("invalid_request", "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "-1\r\n", "fffffffffffffffff\r\n", "2\r\n{}xx0\r\n\r\n"})
    void brokenChunksAreRefused(String chunks) {
        assertThat(raw("POST " + SERVERS, "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", chunks)
                .status()).isBetween(400, 499);
    }

    @Test
    void bodyOfAnUnexpectedMethodIsNoMatter() {
        assertThat(raw("GET " + SERVERS + "/echo", "Content-Type: application/json\r\nContent-Length: 3\r\n", "{]}")
                .status()).isEqualTo(200);
        assertThat(raw("DELETE " + SERVERS + "/nothing", "Content-Length: 3\r\n", "{]}").outcome())
                .isEqualTo("404 unknown_mcp_server");
    }

    private static LeashClient.Call json() {
        return leash.client().call("POST", SERVERS).header("Content-Type", "application/json").key(acme.adminKey());
    }

    private static LeashClient.Call post(String path, String body) {
        return leash.client().post(path, body).key(acme.adminKey());
    }

    /** With the management key, unless there is another one among the headers; closed by the server after the answer. */
    private static LeashAnswer raw(String line, String headers, String body) {
        String key = headers.contains("X-API-Key") ? "" : "X-API-Key: " + acme.adminKey() + "\r\n";
        return leash.raw(line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + key + headers + "\r\n" + body);
    }
}
