package build.leash.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.mcp.ProcessOutcome;
import build.leash.app.mcp.RealMcpServer;
import build.leash.app.mcp.TlsIdentity;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.sdk.LeashErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReadmeExampleTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path SDKS = MODULE.resolve("../sdk");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Duration RUN_LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void readmeShowsTheExample() throws IOException {
        List<String> example = stripped(Files.readString(
                MODULE.resolve("src/test/java/build/leash/app/sdk/ReadmeExample.java")));

        assertThat(JAVA_BLOCK.matcher(Files.readString(SDKS.resolve("java/README.md"))).results())
                .hasSize(3).allSatisfy(block -> assertThat(example).containsSequence(stripped(block.group(1))));
    }

    @Test
    void exampleRuns() {
        TestOrganization acme = RunningLeash.shared().founds();
        SdkFixture env = new SdkFixture(RunningLeash.shared(), acme);
        env.declare("STRIPE_KEY", "DATABASE_URL", "NOT_YET_SET");
        env.value("STRIPE_KEY", "sk");
        env.value("DATABASE_URL", "postgres");
        TlsIdentity tls = TlsIdentity.createIn(directory);
        try (RealMcpServer server = RealMcpServer.start(tls, "t")) {
            RunningLeash.shared().client().post("/api/organization/mcp-servers", """
                    {"slug": "intercom", "url": "%s", "auth": {"type": "bearer", "token": "t"}}"""
                    .formatted(server.url())).key(acme.adminKey()).send();

            ProcessOutcome outcome = ProcessOutcome.of(example(acme, tls), directory, RUN_LIMIT);

            assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
            assertThat(outcome.stdout()).contains("refund")
                    .endsWith(" skskOptional.empty[DATABASE_URL, STRIPE_KEY]sk\n");
            assertThat(outcome.stderr()).contains("UNKNOWN_MCP_SERVER Register it on the dashboard");
        }
    }

    @Test
    void bothReadmesAndTheErrorsAgree() throws IOException {
        String readme = Files.readString(SDKS.resolve("typescript/README.md"));

        assertThat(Stream.of(LeashErrorCode.values()))
                .allSatisfy(code -> assertThat(readme).contains("`" + code + "`"));
    }

    private static ProcessBuilder example(TestOrganization acme, TlsIdentity tls) {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Djavax.net.ssl.trustStore=" + tls.keyStore(),
                "-Djavax.net.ssl.trustStorePassword=" + tls.password(), ReadmeExample.class.getName());
        builder.environment().put("LEASH_API_KEY", acme.appKey());
        builder.environment().put("LEASH_PLATFORM_URL", RunningLeash.shared().baseUrl().toString());
        return builder;
    }

    private static List<String> stripped(String code) {
        return code.lines().map(String::strip).toList();
    }
}
