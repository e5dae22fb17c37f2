package build.leash.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.mcp.ProcessOutcome;
import build.leash.app.support.BesideOthers;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.sdk.Leash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** How soon a rotation is seen, row by row of the table in the SDKs' READMEs. */
@Timeout(120)
@BesideOthers
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class RotationTableTest {

    private static final String CLI = "node_modules/@leash/sdk/dist/cli/main.js";
    private static final Duration RUN_LIMIT = Duration.ofSeconds(30);

    private final TestOrganization acme = RunningLeash.shared().founds();
    private final Map<String, String> environment = Map.of("LEASH_API_KEY", acme.appKey(), "LEASH_PLATFORM_URL",
            RunningLeash.shared().baseUrl().toString());
    private final AtomicLong clock = new AtomicLong();
    private final Leash leash = Leash.builder().apiKey(acme.appKey()).baseUrl(RunningLeash.shared().baseUrl())
            .ticker(clock::get).build();
    private SdkFixture env;

    @TempDir
    private Path directory;

    @BeforeEach
    void setUp() {
        env = new SdkFixture(RunningLeash.shared(), acme);
        env.declare("STRIPE_KEY");
        env.value("STRIPE_KEY", "old");
        acme.register("vendor", "old");
    }

    @Test
    void processEnvironmentKeepsTheOldValueUntilTheNextStart() throws IOException, InterruptedException {
        PackedSdk sdk = PackedSdk.require();
        try (RunningApp running = new RunningApp(sdk.node(CLI, environment, "run", "-q", "--", "node", "ask.mjs"))) {
            assertThat(running.ask("process STRIPE_KEY")).isEqualTo("old");
            env.value("STRIPE_KEY", "new");
            assertThat(running.ask("process STRIPE_KEY")).isEqualTo("old");
            assertThat(running.ask("later 3600")).isEqualTo("later");
            assertThat(running.ask("process STRIPE_KEY")).isEqualTo("old");
        }
        try (RunningApp next = new RunningApp(sdk.node(CLI, environment, "run", "-q", "--", "node", "ask.mjs"))) {
            assertThat(next.ask("process STRIPE_KEY")).isEqualTo("new");
        }
    }

    @Test
    void envGetHasTheNewValueWithin60Seconds() throws IOException, InterruptedException {
        assertThat(leash.env().get("STRIPE_KEY")).isEqualTo("old");
        try (RunningApp app = new RunningApp(PackedSdk.require().node("ask.mjs", environment))) {
            assertThat(app.ask("get STRIPE_KEY")).isEqualTo("old");
            env.value("STRIPE_KEY", "new");
            assertThat(app.ask("get STRIPE_KEY")).isEqualTo("old");
            app.ask("later 60");
            assertThat(app.ask("get STRIPE_KEY")).isEqualTo("new");
        }
        clock.set(Duration.ofSeconds(59).toNanos());
        assertThat(leash.env().get("STRIPE_KEY")).isEqualTo("old");
        clock.set(Duration.ofSeconds(60).toNanos());
        assertThat(leash.env().get("STRIPE_KEY")).isEqualTo("new");
    }

    @Test
    void envGetHasTheNewValueAtOnceWithFresh() throws IOException, InterruptedException {
        assertThat(leash.env().get("STRIPE_KEY")).isEqualTo("old");
        try (RunningApp app = new RunningApp(PackedSdk.require().node("ask.mjs", environment))) {
            assertThat(app.ask("get STRIPE_KEY")).isEqualTo("old");
            env.value("STRIPE_KEY", "new");
            assertThat(app.ask("fresh STRIPE_KEY")).isEqualTo("new");
            assertThat(app.ask("get STRIPE_KEY")).isEqualTo("new");
        }
        assertThat(leash.env().getFresh("STRIPE_KEY")).isEqualTo("new");
        assertThat(leash.env().get("STRIPE_KEY")).isEqualTo("new");
    }

    @Test
    void bearerIsNewAtTheVeryNextCall() throws IOException, InterruptedException {
        assertThat(leash.getCustomMcpConfig("vendor").headers()).containsEntry("Authorization", "Bearer old");
        try (RunningApp app = new RunningApp(PackedSdk.require().node("ask.mjs", environment))) {
            assertThat(app.ask("bearer vendor")).isEqualTo("Bearer old");
            RunningLeash.shared().client().post("/api/organization/mcp-servers/vendor/rotate", "{\"token\": \"new\"}")
                    .key(acme.adminKey()).send();
            assertThat(app.ask("bearer vendor")).isEqualTo("Bearer new");
        }
        assertThat(leash.getCustomMcpConfig("vendor").headers()).containsEntry("Authorization", "Bearer new");
    }

    @Test
    void commandLineDeclaresTheKeysOfAnExample() throws IOException {
        Files.writeString(directory.resolve(".env.example"), "STRIPE_KEY=sk\r\nexport DATABASE_URL='x'\r\n# NOT=1\r\n");

        ProcessOutcome synced = ProcessOutcome.of(PackedSdk.require()
                .node(CLI, environment, "env", "sync", "--file", directory.resolve(".env.example").toString()),
                directory, RUN_LIMIT);

        assertThat(synced.exitCode()).as(synced.stderr()).isZero();
        assertThat(synced.stdout()).isEqualTo("+ DATABASE_URL\n");
        assertThat(synced.stderr()).contains("no source holds a value for DATABASE_URL");
        env.value("DATABASE_URL", "postgres://x");
        assertThat(leash.env().get("DATABASE_URL")).isEqualTo("postgres://x");
    }
}
