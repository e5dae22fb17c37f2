package build.leash.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.mcp.NodeClientFolder;
import build.leash.app.mcp.NodeRuntime;
import build.leash.app.mcp.ProcessOutcome;
import build.leash.app.mcp.PythonClientFolder;
import build.leash.app.mcp.RealMcpServer;
import build.leash.app.mcp.TlsIdentity;
import build.leash.app.support.BesideOthers;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.HtmlUtils;

/** The snippets, as the page shows them, against a real MCP server of each transport. */
@Timeout(180)
@BesideOthers
class SnippetsTest {

    private static final Duration RUN_LIMIT = Duration.ofSeconds(60);
    private static final String TOOLS = "echo\nwhoami\n";
    private static final String STREAMABLE_HTTP = "streamable-http";
    private static final String SSE = "sse";

    @TempDir
    private static Path directory;

    private static TlsIdentity tls;
    private static RunningLeash leash;
    private static TestOrganization organization;
    private static House house;
    private static Map<String, RealMcpServer> servers;

    @BeforeAll
    static void start() {
        tls = TlsIdentity.createIn(directory);
        leash = RunningLeash.shared();
        organization = leash.founds();
        house = new House(leash, organization);
        servers = Map.of(STREAMABLE_HTTP, RealMcpServer.start(tls, "sealed"), SSE,
                RealMcpServer.startSse(tls, "sealed"));
        servers.forEach((transport, server) -> assertThat(leash.client().post("/api/organization/mcp-servers", """
                {"slug": "%s", "url": "%s", "transport": "%s", "auth": {"type": "bearer", "token": "sealed"}}
                """.formatted(transport, server.url(), transport)).key(organization.adminKey()).send().status())
                .isEqualTo(201));
    }

    @AfterAll
    static void stop() {
        servers.values().forEach(RealMcpServer::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {STREAMABLE_HTTP, SSE})
    void curlRuns(String transport) {
        assertThat(run(new ProcessBuilder("bash", "-c", snippet(transport, "curl"))))
                .contains("\"Authorization\":\"Bearer sealed\"", "\"transport\":\"" + transport + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {STREAMABLE_HTTP, SSE})
    void typeScriptRuns(String transport) throws IOException {
        NodeRuntime.require();
        Path folder = Files.createTempDirectory(NodeClientFolder.installed(), "snippet-");
        Path script = Files.writeString(folder.resolve("snippet.mjs"), snippet(transport, "typescript"));
        try {
            ProcessBuilder node = new ProcessBuilder("node", script.toString());
            node.environment().put("NODE_EXTRA_CA_CERTS", tls.certificatePem().toString());
            assertThat(run(node)).isEqualTo(TOOLS);
        } finally {
            Files.delete(script);
            Files.delete(folder);
        }
    }

    /** Compiled and run as a single source file (JEP 330), with what the SDK brings along on the class path. */
    @ParameterizedTest
    @ValueSource(strings = {STREAMABLE_HTTP, SSE})
    void javaRuns(String transport) throws IOException {
        Path source = Files.writeString(Files.createDirectory(directory.resolve("java-" + transport))
                .resolve("LeashTools.java"), snippet(transport, "java"));
        assertThat(run(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djavax.net.ssl.trustStore=" + tls.keyStore(), "-Djavax.net.ssl.trustStorePassword=" + tls.password(),
                "-cp", librariesWithoutLogging(), source.toString()))).isEqualTo(TOOLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {STREAMABLE_HTTP, SSE})
    void pythonRuns(String transport) throws IOException {
        Path python = PythonClientFolder.python();
        Path script = Files.writeString(directory.resolve(transport + ".py"), snippet(transport, "python"));
        ProcessBuilder process = new ProcessBuilder(python.toString(), script.toString());
        process.environment().put("SSL_CERT_FILE", tls.certificatePem().toString());
        assertThat(run(process)).isEqualTo(TOOLS);
    }

    private static String snippet(String slug, String language) {
        String page = new Wire(leash.baseUrl()).get("/dashboard/organization/servers/" + slug + "/connect",
                house.person(Role.VIEWER).session()).body();
        Matcher code = Pattern.compile("<code id=\"code-" + language + "\">(.*?)</code>", Pattern.DOTALL).matcher(page);
        assertThat(code.find()).isTrue();
        return HtmlUtils.htmlUnescape(code.group(1));
    }

    private static String run(ProcessBuilder builder) {
        builder.environment().put("LEASH_API_KEY", organization.appKey());
        ProcessOutcome outcome = ProcessOutcome.of(builder, directory, RUN_LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        return outcome.stdout();
    }

    /** A logging library that nobody configured writes to where the snippet does. */
    private static String librariesWithoutLogging() {
        List<String> entries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("logback")).toList();
        return entries.stream().collect(Collectors.joining(File.pathSeparator));
    }
}
