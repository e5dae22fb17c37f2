package build.leash.app.web.organization;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The rules of a server's values, each with its message, and the values at their limits. */
class ServerValuesTest {

    private static final String PATH = "/api/organization/mcp-servers";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningLeash leash;
    private static TestOrganization acme;
    private static int counter;

    @BeforeAll
    static void found() {
        leash = RunningLeash.shared();
        acme = leash.founds();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a_b", "a b", "a/b", "ä", "a\n", " a", "a\u0000", "a.b", "-",
            "a234567890123456789012345678901234567890123456789012345678901234"})
    void slugsOutsideTheRuleAreRefused(String slug) {
        refused(Map.of("slug", slug), "slug", "A slug has 1 to 63 lower-case letters, digits and hyphens,"
                + " and neither starts nor ends with a hyphen.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "a-b", "a--b",
            "a23456789012345678901234567890123456789012345678901234567890123"})
    void slugsWithinTheRuleAreTaken(String slug) {
        assertThat(register(Map.of("slug", slug)).member("slug")).isEqualTo(slug);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '`', value = {
            "http://a.example/                 | begins with https://",
            "ftp://a.example/                  | begins with https://",
            "//a.example/                      | begins with https://",
            "/path                             | begins with https://",
            "a.example                         | begins with https://",
            "`https://`                        | names a host",
            "https:///path                     | names a host",
            "https://?x=y                      | names a host",
            "https://:443/                     | not well-formed",
            "https:a.example                   | begins with https://",
            "https://u@a.example/              | no user name or password",
            "https://u:p@a.example/            | no user name or password",
            "https://a.example/#x              | no fragment",
            "https://a.example/#               | no fragment",
            "https://a.example/a b             | no white space",
            "` https://a.example/`             | begins with https://",
            "`https://a.example/ `             | no white space",
            "https://a.example/ä               | no white space, control or non-ASCII",
            "https://a.example/%zz             | not well-formed",
            "https://a.example/\\              | not well-formed",
            "https://a.example:0/              | a port of 1 to 65535",
            "https://a.example:65536/          | a port of 1 to 65535",
            "https://a.example:x/              | not well-formed",
            "https://a_b.example/              | not well-formed",
            "https://[::1/                     | not well-formed",
            "https://ä_b.example/              | not a valid internationalized domain name",
            "https://a.example/?token=x        | no credential",
            "https://a.example/?a=b&api_key=x  | no credential",
            "https://a.example/?access_token   | no credential",
            "https://a.example/?KEY=x          | no credential",
            "https://a.example/?key=           | no credential",
            "https://a.example/?client-secret=x | no credential",
            "https://a.example/?%74oken=x      | no credential",
            "https://a.example/?a;token=x      | no credential",
            "https://a.example/?apikey=x       | no credential",
            "https://a.example/?password=x     | no credential",
            "https://a.example/?sig=x          | no credential"})
    void urlsOutsideTheRulesAreRefused(String url, String message) {
        LeashAnswer answer = post(Map.of("url", url));

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).containsOnlyKeys("url");
        assertThat(answer.violations().get("url")).singleElement().asString().contains(message);
    }

    @Test
    void urlsWithControlCharactersOrTooManyAreRefused() {
        for (String url : List.of("https://a.example/\n", "https://a.example/\u0000", "https://a.example/\u007f",
                "https://a.exa\tmple/", "https://a.example/\u202e", "\u00a0https://a.example/")) {
            assertThat(post(Map.of("url", url)).violations()).as(JSON.writeValueAsString(url)).containsOnlyKeys("url");
        }
        refused(Map.of("url", "https://a.example/" + "x".repeat(2031)), "url",
                "A URL has at most 2048 characters.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "https://a.example/", "HTTPS://A.Example/%7e~/..//x?a=%20&b[]=1",
            "https://127.0.0.1:8443/mcp", "https://[2001:db8::1]:1/", "https://a.example:65535/?keyboard=1&tokens=2",
            "https://a.example/?q=token", "https://a.example/?"})
    void urlsWithinTheRulesAreKeptAsGiven(String url) {
        LeashAnswer answer = register(Map.of("url", url));

        assertThat(answer.member("url")).isEqualTo(url);
        assertThat(acme.fetch(answer.member("slug")).json().at("/data/url").stringValue()).isEqualTo(url);
    }

    @Test
    void longestUrlIsTakenAndInternationalHostsBecomeLabels() {
        String longest = "https://a.example/" + "x".repeat(2030);

        assertThat(register(Map.of("url", longest)).member("url")).isEqualTo(longest);
        assertThat(register(Map.of("url", "https://bücher.example:8443/%C3%BC")).member("url"))
                .isEqualTo("https://xn--bcher-kva.example:8443/%C3%BC");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '`', value = {
            "`` | 1 to 8192 visible ASCII", "a b | 1 to 8192 visible ASCII", "`a ` | 1 to 8192 visible ASCII",
            "ä | 1 to 8192 visible ASCII", "Bearer x | without the word Bearer", "bearer x | without the word Bearer",
            "BEARER  | 1 to 8192"})
    void tokensOutsideTheRulesAreRefused(String token, String message) {
        String given = token.equals("BEARER") ? "BEARER\t" : token;
        LeashAnswer registered = post(Map.of("auth", Map.of("type", "bearer", "token", given)));
        String slug = register(Map.of()).member("slug");
        LeashAnswer rotated = leash.client().post(PATH + "/" + slug + "/rotate",
                JSON.writeValueAsString(Map.of("token", given))).key(acme.adminKey()).send();

        assertThat(registered.violations()).containsOnlyKeys("auth.token");
        assertThat(rotated.violations()).containsOnlyKeys("token");
        assertThat(registered.violations().get("auth.token")).isEqualTo(rotated.violations().get("token"))
                .singleElement().asString().contains(message);
    }

    @Test
    void tokensAtTheirLimitsAreTaken() {
        String longest = "~".repeat(8192);
        String everyCharacter = IntStream.rangeClosed(0x21, 0x7E).mapToObj(Character::toString)
                .collect(Collectors.joining());
        for (String token : List.of("x", longest, everyCharacter, "Bearer")) {
            String slug = register(Map.of("auth", Map.of("type", "bearer", "token", token))).member("slug");
            assertThat(acme.fetch(slug).json().at("/data/headers/Authorization").stringValue())
                    .isEqualTo("Bearer " + token);
        }
        assertThat(post(Map.of("auth", Map.of("type", "bearer", "token", longest + "x"))).violations())
                .containsOnlyKeys("auth.token");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '`', value = {
            "null | auth", "'x' | auth", "[] | auth", "{} | auth.type", "{'type': null} | auth.type",
            "{'type': 'basic'} | auth.type", "{'type': 1} | auth.type", "{'type': 'bearer'} | auth.token",
            "{'type': 'bearer', 'token': null} | auth.token", "{'type': 'bearer', 'token': 1} | auth.token",
            "{'type': 'none', 'token': 'x'} | auth.token", "{'type': 'none', 'extra': 1} | auth.extra",
            "{'type': 'bearer', 'token': ['x']} | auth.token"})
    void authThatMakesNoSenseIsRefused(String auth, String field) {
        LeashAnswer answer = send("{'slug': 'x', 'url': 'https://a.example/', 'auth': " + auth + "}");

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).containsOnlyKeys(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "authorization", "Host", "Content-Type", "Content-Length", "CONTENT-X",
            "Cookie", "Connection", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
            "Transfer-Encoding", "Upgrade", "Mcp-Session-Id", "MCP-Protocol-Version", "Accept", "Accept-Language"})
    void headersOfTheConnectionOrTheProtocolAreRefused(String name) {
        LeashAnswer plain = post(Map.of("headers", Map.of(name, "x")));
        LeashAnswer secret = post(Map.of("headers", Map.of(name, Map.of("value", "x", "secret", true))));

        assertThat(plain.outcome()).isEqualTo("400 invalid_request");
        assertThat(plain.violations()).containsOnlyKeys("headers." + name).isEqualTo(secret.violations());
        assertThat(plain.violations().values().iterator().next().getFirst())
                .contains(name.equalsIgnoreCase("authorization") ? "Use auth" : "belongs to the client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Y", "X:", "Xä", "X\n", "X(", "X\u0000"})
    void headerNamesThatAreNoTokensAreRefused(String name) {
        LeashAnswer answer = post(Map.of("headers", Map.of(name, "x")));

        assertThat(answer.violations()).containsOnlyKeys("headers");
        assertThat(answer.violations().get("headers").getFirst()).contains("token of 1 to 100 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " x", "x ", "x\ny", "x\r\nInjected: y", "ä", "x\u0000"})
    void headerValuesOutsideTheRuleAreRefused(String value) {
        LeashAnswer plain = post(Map.of("headers", Map.of("X-A", value)));
        LeashAnswer secret = post(Map.of("headers", Map.of("X-A", Map.of("value", value, "secret", true))));

        assertThat(plain.violations()).containsOnlyKeys("headers.X-A").isEqualTo(secret.violations());
        assertThat(plain.violations().get("headers.X-A").getFirst()).contains("1 to 4096 visible ASCII");
    }

    @Test
    void headersAreLimitedInNumberAndLengthAndUniqueWhateverTheirCase() {
        Map<String, String> twenty = IntStream.range(0, 20).boxed()
                .collect(Collectors.toMap(i -> "X-" + (char) ('a' + i), i -> "v".repeat(4096)));
        Map<String, String> twentyOne = IntStream.range(0, 21).boxed()
                .collect(Collectors.toMap(i -> "X-" + (char) ('a' + i), i -> "v"));

        assertThat(register(Map.of("headers", twenty)).json().get("headers")).hasSize(20);
        refused(Map.of("headers", twentyOne), "headers", "A server has at most 20 static headers.");
        refused(Map.of("headers", Map.of("X-Tenant", "a", "x-tenant", "b")), "headers",
                "Two headers have the same name; upper and lower case make no difference.");
        assertThat(post(Map.of("headers", Map.of("X-A", "v".repeat(4097)))).violations())
                .containsOnlyKeys("headers.X-A");
    }

    @Test
    void headersThatLookLikeCredentialsMustBeSecret() {
        for (String name : List.of("X-Api-Key", "X-Auth-Token", "X-Secret", "apikey")) {
            assertThat(post(Map.of("headers", Map.of(name, "x"))).violations().get("headers." + name).getFirst())
                    .contains("\"secret\": true");
            register(Map.of("headers", Map.of(name, Map.of("value", "x", "secret", true))));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '`', value = {
            "[] | headers", "'x' | headers", "{'X-A': 1} | headers.X-A", "{'X-A': null} | headers.X-A",
            "{'X-A': []} | headers.X-A", "{'X-A': {}} | headers.X-A", "{'X-A': {'value': 1}} | headers.X-A.value",
            "{'X-A': {'value': 'x', 'secret': 'yes'}} | headers.X-A.secret",
            "{'X-A': {'value': 'x', 'extra': 1}} | headers.X-A.extra"})
    void headersOfAnotherShapeAreRefused(String headers, String field) {
        LeashAnswer answer = send("{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'none'}, 'headers': "
                + headers + "}");

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).containsKey(field);
    }

    @Test
    void displayNamesOutsideTheRuleAreRefused() {
        for (String name : List.of("", "  ", "a\nb", "a\u0000", "a\u202eb", "x".repeat(101), "\ud800")) {
            LeashAnswer answer = send(
                    "{\"slug\": \"x\", \"url\": \"https://a.example/\", \"auth\": {\"type\": \"none\"},"
                            + " \"displayName\": \"" + escaped(name) + "\"}");
            assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        }
        assertThat(register(Map.of("displayName", "😀".repeat(100))).member("displayName")).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "SSE", "", "streamable_http"})
    void transportsThatDoNotExistAreRefused(String transport) {
        refused(Map.of("transport", transport), "transport", "A transport is one of streamable-http, sse.");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        LeashAnswer answer = send("""
                {'slug': 'A', 'displayName': '', 'url': 'http://x', 'transport': 'x', 'auth': {'type': 'x', 'y': 1},
                 'headers': {'Host': 'x', 'X-A': ''}, 'extra': 1, 'more': 2}""");

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).containsOnlyKeys("slug", "displayName", "url", "transport", "auth.type",
                "auth.y", "headers.Host", "headers.X-A", "extra", "more");
        assertThat(answer.violations().get("extra").getFirst()).contains("There is no such member",
                "auth, displayName, headers, slug, transport, url");
    }

    @Test
    void everythingThatIsMissingIsToldAtOnce() {
        assertThat(send("{}").violations()).containsOnlyKeys("slug", "url", "auth");
        assertThat(send("{'slug': 1, 'url': true, 'auth': 2, 'displayName': [], 'transport': {}}").violations())
                .containsOnlyKeys("slug", "url", "auth", "displayName", "transport");
    }

    @Test
    void patchAndRotateRefuseWhatTheyDoNotKnow() {
        String slug = register(Map.of()).member("slug");

        LeashAnswer patch = leash.client().patch(PATH + "/" + slug,
                "{\"slug\": \"new\", \"auth\": {\"type\": \"none\"}, \"version\": 7}").key(acme.adminKey()).send();
        LeashAnswer rotate = leash.client().post(PATH + "/" + slug + "/rotate", "{\"bearer\": \"x\"}")
                .key(acme.adminKey()).send();

        assertThat(patch.violations()).containsOnlyKeys("slug", "auth", "version");
        assertThat(rotate.violations()).containsOnlyKeys("token", "bearer");
    }

    private static void refused(Map<String, Object> members, String field, String message) {
        LeashAnswer answer = post(members);

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).isEqualTo(Map.of(field, List.of(message)));
    }

    private static LeashAnswer register(Map<String, Object> members) {
        LeashAnswer answer = post(members);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    /** A registration that is valid but for these members. */
    private static LeashAnswer post(Map<String, Object> members) {
        Map<String, Object> body = new HashMap<>(Map.of("slug", "server-" + counter++,
                "url", "https://a.example/", "auth", Map.of("type", "none")));
        body.putAll(members);
        return leash.client().post(PATH, JSON.writeValueAsString(body)).key(acme.adminKey()).send();
    }

    private static LeashAnswer send(String body) {
        return leash.client().post(PATH, body.replace('\'', '"')).key(acme.adminKey()).send();
    }

    private static String escaped(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }
}
