package build.leash.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.sdk.ScriptedPlatform.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of answers that this SDK shares with the one for TypeScript. */
@Timeout(60)
class AnswersTableTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ScriptedPlatform platform;

    @BeforeEach
    void start() throws IOException {
        platform = new ScriptedPlatform();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    static Stream<Named<JsonNode>> rows() {
        return SharedTable.rows("answers").map(row -> Named.of(row.get("name").stringValue(), row));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answerIsUnderstoodAsTheTableSays(JsonNode row) {
        platform.answersInTurn(row.get("answers").valueStream().map(AnswersTableTest::answer).toList());
        LeashBuilder builder = platform.leash().retries(row.get("retries").intValue());
        if (row.has("timeoutMs")) {
            builder.timeout(Duration.ofMillis(row.get("timeoutMs").intValue()));
        }
        Leash leash = builder.build();
        JsonNode expected = row.get("expect");
        long started = System.nanoTime();

        try {
            Object value = row.get("call").stringValue().equals("mcp")
                    ? leash.getCustomMcpConfig("echo")
                    : leash.env().get("KEY");
            assertThat(asJson(value)).isEqualTo(expected.get("value"));
        } catch (LeashException e) {
            checkError(e, expected.get("error"));
        }

        int requests = platform.seen().size();
        assertThat(requests).isEqualTo(expected.path("requests").asInt(requests))
                .isGreaterThanOrEqualTo(expected.path("requestsAtLeast").asInt(1));
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isGreaterThanOrEqualTo(Duration.ofMillis(expected.path("atLeastMs").asInt(0)));
    }

    private void checkError(LeashException error, @Nullable JsonNode expected) {
        assertThat(expected).as("an error is expected, not " + error).isNotNull();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("code", error.code().name());
        fields.put("status", error.status().isPresent() ? error.status().getAsInt() : null);
        fields.put("message", error.getMessage());
        fields.put("action", error.action());
        fields.put("seeAlso", error.seeAlso().map(Object::toString).orElse(null));
        fields.put("requestId", error.requestId().orElse(null));
        JsonNode all = JSON.readTree(JSON.writeValueAsString(fields).replace(platform.baseUrl(), "{baseUrl}"));
        expected.properties().forEach(
                field -> assertThat(all.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue()));
        assertThat(error.getMessage()).isNotEmpty().doesNotContain("secret");
        assertThat(error.action()).isNotEmpty();
        assertThat(error).hasStackTraceContaining(getClass().getSimpleName());
    }

    private static Answer answer(JsonNode answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        answer.path("headers").properties()
                .forEach(header -> headers.put(header.getKey(), header.getValue().stringValue()));
        String text = answer.has("text")
                ? answer.get("text").stringValue()
                : answer.has("bytes")
                        ? "x".repeat(answer.get("bytes").intValue())
                        : answer.path("body").toString();
        return new Answer(answer.path("status").asInt(200), headers, text, answer.path("close").asBoolean(false),
                answer.path("silent").asBoolean(false));
    }

    private static JsonNode asJson(Object value) {
        if (!(value instanceof McpConfig config)) {
            return JSON.valueToTree(value);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("slug", config.slug());
        members.put("displayName", config.displayName());
        members.put("url", config.url());
        members.put("headers", config.headers());
        members.put("transport", config.transport() == McpConfig.Transport.SSE ? "sse" : "streamable-http");
        members.put("version", config.version());
        return JSON.readTree(JSON.writeValueAsString(members));
    }
}
