package build.leash.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.mcp.ProcessOutcome;
import build.leash.app.support.BesideOthers;
import build.leash.sdk.LeashErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Both SDKs experience what {@code sdk/conformance/platform.json} says, error code by error code. */
@Timeout(300)
@BesideOthers
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ConformanceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path TABLE = Path.of(System.getProperty("basedir", "")).toAbsolutePath()
            .resolve("../sdk/conformance/platform.json");
    private static final List<JsonNode> ROWS = JSON.readTree(TABLE.toFile()).get("rows").valueStream().toList();
    private static final Duration RUN_LIMIT = Duration.ofSeconds(120);

    private static ConformanceWorld world;

    @BeforeAll
    static void create() {
        world = new ConformanceWorld();
    }

    @AfterAll
    static void end() throws IOException {
        world.close();
    }

    @Test
    void everyErrorCodeIsInTheTable() {
        Set<String> codes = ROWS.stream().map(row -> row.at("/expect/error/code")).filter(JsonNode::isString)
                .map(JsonNode::stringValue).collect(Collectors.toSet());

        assertThat(codes).containsExactlyInAnyOrder(
                Stream.of(LeashErrorCode.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void javaExperiencesWhatTheTableSays() {
        Map<String, JsonNode> outcomes = inBothStates(rows -> {
            JavaRunner runner = new JavaRunner(world);
            return rows.stream().map(runner::outcome).toList();
        });

        checkAll(outcomes);
    }

    @Test
    void typeScriptExperiencesWhatTheTableSays() {
        PackedSdk sdk = PackedSdk.require();
        String setUp = JSON.writeValueAsString(Map.of("platforms", world.platforms(), "keys", world.keys()));

        Map<String, JsonNode> outcomes = inBothStates(rows -> {
            String table = JSON.writeValueAsString(rows);
            ProcessBuilder node = sdk.node("run.mjs", Map.of(), sdk.newFile(table).toString(),
                    sdk.newFile(setUp).toString());
            ProcessOutcome ended = ProcessOutcome.of(node, sdk.folder(), RUN_LIMIT).orThrow("run.mjs");
            return ended.stdout().lines().map(JSON::readTree).toList();
        });

        checkAll(outcomes);
    }

    private static Map<String, JsonNode> inBothStates(Runner runner) {
        Map<Boolean, List<JsonNode>> rows = ROWS.stream().collect(Collectors
                .partitioningBy(row -> row.get("platform").stringValue().equals("without-database")));
        Map<String, JsonNode> outcomes = new HashMap<>();
        runner.run(rows.get(false)).forEach(outcome -> outcomes.put(outcome.get("name").stringValue(), outcome));
        world.withoutDatabase(() -> runner.run(rows.get(true))
                .forEach(outcome -> outcomes.put(outcome.get("name").stringValue(), outcome)));
        return outcomes;
    }

    private static void checkAll(Map<String, JsonNode> outcomes) {
        assertThat(ROWS).allSatisfy(row -> {
            String name = row.get("name").stringValue();
            assertThat(outcomes).containsKey(name);
            check(row, outcomes.get(name));
        });
    }

    private static void check(JsonNode row, JsonNode outcome) {
        JsonNode expected = row.get("expect");
        if (expected.has("value")) {
            assertThat(outcome.get("value")).as("%s: %s", row.get("name"), outcome).isNotNull();
            if (expected.get("value").isObject()) {
                expected.get("value").properties().forEach(member -> assertThat(
                        outcome.get("value").get(member.getKey())).isEqualTo(member.getValue()));
            } else {
                assertThat(outcome.get("value")).isEqualTo(expected.get("value"));
            }
            return;
        }
        JsonNode error = outcome.get("error");
        assertThat(error).as("%s: %s", row.get("name"), outcome.propertyNames()).isNotNull();
        assertThat(error.get("code")).as("%s: %s", row.get("name"), error).isEqualTo(expected.at("/error/code"));
        assertThat(error.get("status")).as("%s: %s", row.get("name"), error).isEqualTo(expected.at("/error/status"));
        assertThat(error.get("message").stringValue()).isNotBlank();
        assertThat(error.get("action").stringValue()).isNotBlank();
        if (!error.get("status").isNull()) {
            assertThat(error.get("requestId").stringValue()).isNotBlank();
            assertThat(error.get("seeAlso").stringValue()).contains("/docs/errors#");
        }
        assertThat(world.keys().values()).noneMatch(key -> error.toString().contains(key));
    }

    /** An SDK's own way through some rows; what it answers has a name, and a value or an error. */
    private interface Runner {

        List<JsonNode> run(List<JsonNode> rows);
    }
}
