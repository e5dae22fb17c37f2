package build.leash.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Valid requests with random faults: never an internal error, and every answer is one that the document promises. */
class MutatedRequestsTest {

    private static final int REQUESTS = 800;
    private static final String DIGITS = "0123456789abcdef";
    private static final List<String> FRAGMENTS = List.of("\u0000", "\r\n", "\"", "{", "}", "[", "]", ":", ",", "%",
            "%00",
            "%2e", "/", "\\", "\\u0000", "\\ud800", "null", "true", "-1", "1e999", "\u00ff", "\u00c3\u00a4", "'", "--",
            ";",
            "*", "\t", " ", "99999999999999999999", "<", "$", "${x}", "..", "?", "&", "=", "#", "~", "xn--", "\u007f");

    private final RunningLeash leash = RunningLeash.shared();
    private final TestOrganization acme = leash.founds();

    @Test
    void mutatedRequestsNeverEndAsInternalErrors() {
        long seed = Long.getLong("leash.test.seed", System.nanoTime());
        System.out.println("Mutations with -Dleash.test.seed=" + seed);
        Random random = new Random(seed);
        acme.register("echo", "t");
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            String request = mutated(valid(random), random);
            LeashAnswer answer = leash.raw(request);
            statuses.merge(answer.status(), 1, Integer::sum);
            assertThat(answer.status()).as("seed %d, request %d:%n%s%n%s", seed, i, request, answer.text())
                    .isLessThan(500);
            assertThat(answer.text()).doesNotContain("Exception", "build.leash.", "org.", "java.", "select ",
                    "insert ");
        }
        assertThat(statuses).as("seed " + seed).containsKeys(200, 400).hasSizeGreaterThan(4);
    }

    private String valid(Random random) {
        String servers = "/api/organization/mcp-servers";
        return switch (random.nextInt(8)) {
            case 0 -> request("POST " + servers, """
                    {"slug":"s%s","displayName":"Name","url":"https://a.example/x?y=z","transport":"sse",\
                    "auth":{"type":"bearer","token":"abc"},"headers":{"X-A":"b","X-S":{"value":"c","secret":true}}}"""
                    .formatted(hex(random)));
            case 1 -> request("PATCH " + servers + "/echo", """
                    {"displayName":"N","url":"https://b.example/","transport":"sse","headers":{"X-A":"1"}}""");
            case 2 -> request("POST " + servers + "/echo/rotate", "{\"token\":\"" + hex(random) + "\"}");
            case 3 -> request("POST /api/organization/api-keys", """
                    {"name":"k","kind":"app","slugs":["a","b"],"expiresAt":"2100-01-01T00:00:00Z"}""");
            case 4 -> request("PUT /api/organization/plan", "{\"plan\":\"scale\"}");
            case 5 -> request("GET " + servers + "?limit=2&after=a", "");
            case 6 -> request("GET /api/organization/api-keys?limit=2&after=00000000-0000-0000-0000-000000000000", "");
            default -> request("GET /api/integrations/mcp-config/echo", "").replace(acme.adminKey(), acme.appKey());
        };
    }

    private String request(String line, String body) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-API-Key: " + acme.adminKey()
                + "\r\nIdempotency-Key: key\r\nIf-None-Match: \"x.1\"\r\nAccept: */*\r\nX-Request-Id: 12345678"
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n\r\n" + body;
    }

    /** One to three faults anywhere; the length announced stays true, so that the server does not wait for more. */
    private static String mutated(String request, Random random) {
        int bodyAt = request.indexOf("\r\n\r\n") + 4;
        String head = request.substring(0, bodyAt - 4);
        String body = request.substring(bodyAt);
        int faults = 1 + random.nextInt(3);
        for (int i = 0; i < faults; i++) {
            boolean inBody = !body.isEmpty() && random.nextInt(4) > 0;
            body = inBody ? mutatedOnce(body, random) : body;
            int lengthAt = head.indexOf("\r\nContent-Length");
            head = inBody || lengthAt < 0
                    ? head
                    : mutatedOnce(head.substring(0, lengthAt), random) + head.substring(lengthAt);
        }
        return head.replaceAll("\r\nContent-Length: \\d+$", "\r\nContent-Length: " + body.length()) + "\r\n\r\n" + body;
    }

    private static String mutatedOnce(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(12));
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + text.substring(to);
            case 1 ->
                text.substring(0, at) + text.substring(at, to).repeat(1 + random.nextInt(40)) + text.substring(to);
            case 2 ->
                text.substring(0, at) + (char) random.nextInt(256) + text.substring(Math.min(text.length(), at + 1));
            default -> text.substring(0, at) + FRAGMENTS.get(random.nextInt(FRAGMENTS.size()))
                    + text.substring(random.nextBoolean() ? at : to);
        };
    }

    private static String hex(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append(DIGITS.charAt(random.nextInt(16)));
        }
        return text.toString();
    }
}
