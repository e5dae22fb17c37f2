package build.leash.app.web.env;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Apps, sources and values of a test's organization, by HTTP. */
final class Env {

    static final String SOURCES = "/api/organization/secret-sources";
    static final String APPS = "/api/organization/apps";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LeashClient client;
    private final TestOrganization organization;

    Env(RunningLeash leash, TestOrganization organization) {
        this.client = leash.client();
        this.organization = organization;
    }

    /** Adds a native source for these apps, and answers its id. */
    String nativeSource(String name, String... apps) {
        return done(add("{\"name\": \"%s\", \"kind\": \"native\", \"apps\": %s}".formatted(name, list(apps))), 201)
                .member("id");
    }

    LeashAnswer add(String json) {
        return client.post(SOURCES, json).key(organization.adminKey()).send();
    }

    void app(String name) {
        done(client.post(APPS, "{\"name\": \"" + name + "\"}").key(organization.adminKey()).send(), 201);
    }

    /** A new API key of this app. */
    String keyOf(String app) {
        return done(client.post("/api/organization/api-keys", "{\"name\": \"k\", \"app\": \"" + app + "\"}")
                .key(organization.adminKey()).send(), 201).member("value");
    }

    LeashAnswer set(String source, String key, String value) {
        return client.put(SOURCES + "/" + source + "/values/" + key,
                JSON.writeValueAsString(Map.of("value", value))).key(organization.adminKey()).send();
    }

    /** Replaces the manifest of the default app, with its own key. */
    LeashAnswer declare(String... keys) {
        return done(client.post("/api/apps/me/secrets/sync", "{\"keys\": " + list(keys) + "}")
                .key(organization.appKey()).send(), 200);
    }

    /** Reads a key as the default app. */
    LeashAnswer read(String key) {
        return read(organization.appKey(), key);
    }

    LeashAnswer read(@Nullable String apiKey, String key) {
        return client.get("/api/apps/me/secrets/" + key).key(apiKey).send();
    }

    LeashAnswer batch(String apiKey, String... keys) {
        return client.post("/api/apps/me/secrets:batch", "{\"keys\": " + list(keys) + "}").key(apiKey).send();
    }

    LeashAnswer all(String apiKey) {
        return client.get("/api/apps/env").key(apiKey).send();
    }

    static LeashAnswer done(LeashAnswer answer, int status) {
        if (answer.status() != status) {
            throw new AssertionError("Expected " + status + ": " + answer.text());
        }
        return answer;
    }

    private static String list(String... items) {
        return Stream.of(items).map(item -> "\"" + item + "\"").collect(Collectors.joining(", ", "[", "]"));
    }
}
