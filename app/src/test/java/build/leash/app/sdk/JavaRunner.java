package build.leash.app.sdk;

import build.leash.sdk.Leash;
import build.leash.sdk.LeashBuilder;
import build.leash.sdk.LeashException;
import build.leash.sdk.McpConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs rows of {@code platform.json} with the SDK for Java. */
final class JavaRunner {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What the SDK tells a browser's JVM by. */
    private static final String VM_NAME = "java.vm.name";

    private final ConformanceWorld world;

    JavaRunner(ConformanceWorld world) {
        this.world = world;
    }

    JsonNode outcome(JsonNode row) {
        Map<String, @Nullable Object> outcome = new HashMap<>();
        outcome.put("name", row.get("name").stringValue());
        try {
            outcome.put("value", call(row));
        } catch (LeashException e) {
            outcome.put("error", fields(e));
        }
        return JSON.valueToTree(outcome);
    }

    private Object call(JsonNode row) {
        Leash leash = leash(row);
        for (int time = 1; time < row.path("repeat").asInt(1); time++) {
            once(leash, row);
        }
        return once(leash, row);
    }

    private static Object once(Leash leash, JsonNode row) {
        if (row.get("call").stringValue().equals("mcp")) {
            McpConfig config = leash.getCustomMcpConfig(row.get("slug").stringValue());
            return Map.of("slug", config.slug(), "url", config.url(), "headers", config.headers());
        }
        String key = row.get("envKey").stringValue();
        return row.has("batch")
                ? leash.env().getMany(row.get("batch").valueStream().map(JsonNode::stringValue).toList()).get(key)
                : leash.env().get(key);
    }

    private Leash leash(JsonNode row) {
        LeashBuilder builder = Leash.builder().baseUrl(world.platforms().get(row.get("platform").stringValue()))
                .retries(0);
        String key = world.keys().get(row.get("key").stringValue());
        if (key != null) {
            builder.apiKey(key);
        }
        if (row.has("timeoutMs")) {
            builder.timeout(Duration.ofMillis(row.get("timeoutMs").intValue()));
        }
        JsonNode request = row.path("request");
        if (request.isString()) {
            builder.request(null);
        } else if (request.isObject()) {
            builder.request(name -> request.path(name.toLowerCase(Locale.ROOT)).asString(null));
        }
        return row.has("runtime") ? inBrowser(builder) : builder.build();
    }

    private static Leash inBrowser(LeashBuilder builder) {
        String name = System.getProperty(VM_NAME);
        System.setProperty(VM_NAME, "CheerpJ");
        try {
            return builder.build();
        } finally {
            System.setProperty(VM_NAME, name);
        }
    }

    private static Map<String, @Nullable Object> fields(LeashException error) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("code", error.code().name());
        fields.put("status", error.status().isPresent() ? error.status().getAsInt() : null);
        fields.put("message", error.getMessage());
        fields.put("action", error.action());
        fields.put("seeAlso", error.seeAlso().map(Object::toString).orElse(null));
        fields.put("requestId", error.requestId().orElse(null));
        return fields;
    }
}
