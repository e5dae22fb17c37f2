package build.leash.app.canary;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RawHttp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts a secret where it belongs, and by mistake wherever else it can be put. Keeps the answers. */
final class CarelessCaller {

    private static final String SERVERS = "/api/organization/mcp-servers";
    private static final String FETCH = "/api/integrations/mcp-config/";
    private static final List<String> HEADERS = List.of("X-API-Key", "Idempotency-Key", "X-Request-Id", "If-Match",
            "If-None-Match", "Cookie", "Authorization", "Content-Type", "Accept", "Accept-Language", "User-Agent",
            "Referer", "Origin", "X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "traceparent",
            "X-HTTP-Method-Override",
            "Range", "If-Modified-Since", "Access-Control-Request-Method");

    private final LeashClient client;
    private final String adminKey;
    private final String appKey;
    private final String token;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

    CarelessCaller(LeashClient client, String adminKey, String appKey, String token) {
        this.client = client;
        this.adminKey = adminKey;
        this.appKey = appKey;
        this.token = token;
    }

    /** All that came back, but for hand-offs and the answer that shows a new key. */
    byte[] answers() {
        return answers.toByteArray();
    }

    /** Registers, rotates, changes and fetches: the token is where it belongs, and comes back from a fetch only. */
    void usesItAsItIsMeant() {
        call("POST", SERVERS, """
                {"slug": "echo", "displayName": "%s", "url": "https://a.example/",
                 "auth": {"type": "bearer", "token": "%s"}, "headers": {"X-S": {"value": "%s", "secret": true}}}"""
                .formatted(CanaryTest.PLANT, token, token), 201);
        call("POST", SERVERS + "/echo/rotate", "{\"token\": \"" + token + "-2\"}", 200);
        call("PATCH", SERVERS + "/echo", "{\"headers\": {\"X-S\": {\"value\": \"" + token + "3\", \"secret\": true}}}",
                200);
        for (int i = 0; i < 2; i++) {
            keep(client.post(SERVERS + "/echo/rotate", "{\"token\": \"" + token + "-4\"}").key(adminKey)
                    .header("Idempotency-Key", token).send(), 200);
        }
        LeashAnswer handOff = client.get(FETCH + "echo").key(appKey).send();
        if (!handOff.text().contains("Bearer " + token + "-4") || !handOff.text().contains(token + "3")) {
            throw new AssertionError("The hand-off lacks the secrets: " + handOff);
        }
    }

    /** Sets an env value, rolls it back, and adds sources with it as credential: it comes back from a read only. */
    void keepsItAsAnEnvValue() {
        String sources = "/api/organization/secret-sources";
        LeashAnswer added = client.post(sources, "{\"name\": \"Canary\", \"kind\": \"native\"}").key(adminKey).send();
        keep(added, 201);
        String value = sources + "/" + added.member("id") + "/values/CANARY";
        call("PUT", value, "{\"value\": \"" + token + "5\"}", 200);
        call("PUT", value, "{\"value\": \"" + token + "6\"}", 200);
        call("POST", value + "/roll-back", "{\"version\": 1}", 200);
        call("PUT", value, "{\"value\": \"" + token + "\\u0000\"}", 400);
        call("PUT", value, "{\"value\": [\"" + token + "\"]}", 400);
        call("PUT", value, "{\"" + token + "\": 1}", 400);
        call("POST", value + "/roll-back", "{\"version\": \"" + token + "\"}", 400);
        call("PUT", sources + "/" + token + "/values/CANARY", "{\"value\": \"x\"}", 404);
        for (String source : List.of("{'name': 'Webhook', 'kind': 'webhook', 'settings': {'url': 'https://127.0.0.1/'},"
                + " 'credential': '§§'}",
                "{'name': 'Infisical', 'kind': 'infisical', 'settings': {'url':"
                        + " 'https://127.0.0.1/', 'projectId': 'p', 'environment': 'e', 'clientId': 'c'}, 'credential': '§'}")) {
            keep(client.post(sources, source.replace('\'', '"').replace("§", token)).key(adminKey).send(), 201);
        }
        for (String source : List.of("{'name': 'x', 'kind': '§'}", "{'name': 'x', 'kind': 'native', 'apps': ['§']}",
                "{'name': 'x', 'kind': 'webhook', 'settings': {'url': 'https://§@a.example/'}, 'credential': '§§'}",
                "{'name': 'x', 'kind': 'webhook', 'settings': {'§': '§'}, 'credential': '§§'}",
                "{'name': 'x', 'kind': 'google-secret-manager', 'settings': {'project': 'shop'}, 'credential': '§'}",
                "{'name': 'x', 'kind': 'infisical', 'settings': {'projectId': '§ §'}, 'credential': '§'}")) {
            keep(client.post(sources, source.replace('\'', '"').replace("§", token)).key(adminKey).send(), 400);
        }
        keep(client.put("/api/organization/notifications", "{\"url\": \"https://127.0.0.1/\", \"secret\": \"" + token
                + token + "\"}").key(adminKey).send(), 200);
        keep(client.post("/api/apps/me/secrets/sync", "{\"keys\": [\"CANARY\", \"" + token + "\"]}").key(appKey).send(),
                400);
        keep(client.post("/api/apps/me/secrets/sync", "{\"keys\": [\"CANARY\"]}").key(appKey).send(), 200);
        keep(client.get("/api/apps/me/secrets/" + token).key(appKey).send(), 400);
        keep(client.get("/api/apps/env").header("Authorization", "Bearer " + token).send(), 401);
        LeashAnswer read = client.get("/api/apps/me/secrets/CANARY").key(appKey).send();
        if (!(token + "5").equals(read.member("value"))) {
            throw new AssertionError("The read lacks the value: " + read);
        }
    }

    /** A new key, asked for twice under one Idempotency-Key; its value. */
    String issuesKey() {
        String value = null;
        for (int i = 0; i < 2; i++) {
            LeashAnswer answer = client.post("/api/organization/api-keys", "{\"name\": \"new\"}").key(adminKey)
                    .header("Idempotency-Key", "once").send();
            value = answer.member("value");
        }
        return value;
    }

    void putsItIntoBodies() {
        for (String body : List.of(
                "{'slug': '§', 'url': 'https://a.example/', 'auth': {'type': 'none'}}",
                "{'slug': 'x', 'url': 'https://§@a.example/', 'auth': {'type': 'none'}}",
                "{'slug': 'x', 'url': 'https://u:§@a.example/', 'auth': {'type': 'none'}}",
                "{'slug': 'x', 'url': 'https://a.example/?token=§', 'auth': {'type': 'none'}}",
                "{'slug': 'x', 'url': 'https://a.example/?§', 'auth': {'type': '§'}}",
                "{'slug': 'x', 'url': 'https://§/', 'auth': {'type': 'none'}}",
                "{'slug': 'x', 'url': 'https://a.example:§/', 'auth': {'type': 'none'}}",
                "{'slug': 'x', 'url': '§', 'auth': {'type': 'none'}}",
                "{'slug': 'x', 'url': 'https://a.example/#§', 'auth': '§'}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'bearer', 'token': 'Bearer §'}}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'bearer', 'token': '§ \\u00e4'}}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'none', 'token': '§'}}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'none'}, 'transport': '§'}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'none'}, '§': 1}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'none', '§': '§'}, 'y': '§'}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'none'}, 'headers': {'§': ''}}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'none'}, 'headers': {'§ x': '§'}}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'none'}, 'headers': {'§': {'secret': true}}}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'none'}, 'headers': {'X-Token': '§'}}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'none'}, 'headers': {'Authorization': '§'}}",
                "{'slug': 'x', 'url': 'https://a.example/', 'auth': {'type': 'none'},"
                        + " 'headers': {'X-S': {'value': '§\\n', 'secret': true, '§': '§'}}}",
                "{'slug': ['§'], 'url': {'§': '§'}, 'auth': '§'}", "§", "'§'", "['§']", "{'§'", "{'a': §}",
                "{'a': '§', 'a': '§'}", "{'§': 1, '§': 1}", "{'a': '\\q §'}", "{} §", "token=§", "{'a': '§\u0000'}")) {
            String json = body.replace('\'', '"').replace("§", token);
            call("POST", SERVERS, json, 400);
            call("PATCH", SERVERS + "/echo", json, 400);
            call("POST", SERVERS + "/echo/rotate", json, 400);
            call("POST", "/api/organization/api-keys", json, 400);
            call("PUT", "/api/organization/plan", json, 400);
        }
        for (String body : List.of("{'name': 'x', 'kind': '§'}", "{'name': 'x', 'slugs': ['§']}",
                "{'name': 'x', 'expiresAt': '§'}", "{'name': 'x', 'kind': 'management', 'role': '§'}")) {
            call("POST", "/api/organization/api-keys", body.replace('\'', '"').replace("§", token), 400);
        }
        call("PUT", "/api/organization/plan", "{\"plan\": \"" + token + "\"}", 400);
        call("POST", SERVERS, token.repeat(10_000), 413);
    }

    void putsItIntoHeaders() {
        for (String header : HEADERS) {
            for (String key : List.of(adminKey, appKey)) {
                String keyLine = header.equals("X-API-Key") ? "" : "X-API-Key: " + key + "\r\n";
                String lines = keyLine + header + ": " + token + "\r\n";
                raw("GET " + FETCH + "echo", lines, "");
                raw("GET " + SERVERS, lines, "");
                raw("PATCH " + SERVERS + "/echo", lines + (header.equals("Content-Type") ? "" : json()), "{}");
                raw("POST " + SERVERS, lines + (header.equals("Content-Type") ? "" : json()), "{}");
                raw("DELETE " + SERVERS + "/nothing", lines, "");
                raw("OPTIONS " + SERVERS, lines, "");
            }
        }
        for (String lines : List.of(token + ": x\r\n", token + "\r\n", "X y: " + token + "\r\n",
                "Cookie: a=" + token + "; b=\"" + token + "; =" + token + "\r\n", "Host: " + token + "\r\n",
                "Content-Length: " + token + "\r\n", "Transfer-Encoding: " + token + "\r\n",
                "Expect: " + token + "\r\n",
                "X-API-Key: " + token + "\r\nX-API-Key: " + token + "\r\n", "Upgrade: " + token + "\r\n",
                "Content-Type: application/json; charset=" + token + "\r\n",
                "Accept: application/json; q=" + token + "\r\n",
                "Content-Encoding: " + token + "\r\nX-API-Key: lsk_live_" + token + "\r\n",
                "X: " + token + "\u0001\r\n")) {
            raw("POST " + FETCH + "echo", lines, "{}");
            raw("POST " + SERVERS, "X-API-Key: " + adminKey + "\r\n" + lines, "{}");
        }
    }

    private static String json() {
        return "Content-Type: application/json\r\n";
    }

    void putsItIntoLines() {
        String admin = "X-API-Key: " + adminKey + "\r\n";
        for (String path : List.of(FETCH + "§", FETCH + "echo/§", FETCH + "echo?token=§", FETCH + "echo;§=§", "/§",
                "/docs/assets/§", "/actuator/§", "/api/organization/§", SERVERS + "/§", SERVERS + "?after=§",
                SERVERS + "?limit=§", SERVERS + "?§=%zz", SERVERS + "?after=§%ff", "/api/organization/api-keys?after=§",
                "/api/organization/api-keys/§", SERVERS + "/echo?§", "/§%00", "/§%2F", "/§\\", "/§\u00e4", "/§|",
                "/§%ff",
                FETCH + "§{", "http://§/" + FETCH, "http://§:x/", "/WEB-INF/§", "§", "/" + "§".repeat(900))) {
            String target = path.replace("§", token);
            raw("GET " + target, admin, "");
            raw("POST " + target, admin, "");
            raw("DELETE " + target, "", "");
        }
        for (String line : List.of(token + " " + SERVERS, token + " " + FETCH + "echo", "(" + token + " /",
                "POST " + SERVERS + "/" + token + "/rotate", "GET " + FETCH + "echo" + " " + token)) {
            raw(line, admin, "");
        }
        keep(RawHttp.send(client.baseUrl(), token + "\r\n\r\n"));
        keep(RawHttp.send(client.baseUrl(), "GET / " + token + "\r\n\r\n"));
        keep(RawHttp.send(client.baseUrl(), "GET / HTTP/" + token + "\r\n\r\n"));
        keep(RawHttp.send(client.baseUrl(), "\u0016\u0003\u0001" + token + "\r\n\r\n"));
        keep(RawHttp.send(client.baseUrl(), "POST " + SERVERS + " HTTP/1.1\r\nHost: x\r\nX-API-Key: " + adminKey
                + "\r\nTransfer-Encoding: chunked\r\n\r\n" + token + "\r\n"));
    }

    private void call(String method, String path, String json, int status) {
        keep(client.call(method, path).body(json.getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", "application/json").key(adminKey).send(), status);
    }

    private void raw(String line, String headers, String body) {
        String host = headers.contains("Host: ") ? "" : "Host: x\r\n";
        String length = headers.contains("Content-Length: ") || headers.contains("Transfer-Encoding: ")
                ? ""
                : "Content-Length: " + body.length() + "\r\n";
        LeashAnswer answer = RawHttp.send(client.baseUrl(), line + " HTTP/1.1\r\nConnection: close\r\n" + host + length
                + headers + "\r\n" + body);
        if (answer.status() >= 500) {
            throw new AssertionError(line + "\n" + answer.text());
        }
        boolean isHandOff = answer.status() == 200 && line.contains(FETCH);
        if (!isHandOff) {
            keep(answer);
        }
    }

    private void keep(LeashAnswer answer, int status) {
        if (answer.status() != status) {
            throw new AssertionError(answer.status() + " instead of " + status + ": " + answer.text());
        }
        keep(answer);
    }

    void keep(LeashAnswer answer) {
        if (answer.status() >= 500) {
            throw new AssertionError(answer.text());
        }
        answers.writeBytes(answer.headers().map().toString().getBytes(StandardCharsets.UTF_8));
        answers.writeBytes(answer.body());
        answers.write('\n');
    }

}
