package build.leash.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.app.mcp.RealMcpServer;
import build.leash.app.mcp.TlsIdentity;
import build.leash.app.support.BesideOthers;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.sdk.Leash;
import build.leash.sdk.mcp.LeashMcp;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The MCP server lets in the newest bearer only, and yet sessions that were opened with the first one go on. */
@Timeout(300)
@BesideOthers
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class RotationsReachLiveSessionsTest {

    private static final int ROTATIONS = 20;
    private static final int CALLS_BETWEEN = 3;
    private static final String SLUG = "live";

    @TempDir
    private Path directory;

    private TestOrganization acme;
    private TlsIdentity tls;
    private RealMcpServer server;

    @BeforeEach
    void register() {
        acme = RunningLeash.shared().founds();
        tls = TlsIdentity.createIn(directory);
        server = RealMcpServer.start(tls, "bearer-0", Map.of("X-Tenant", "acme"));
        LeashAnswer registered = RunningLeash.shared().client().post("/api/organization/mcp-servers", """
                {"slug": "live", "url": "%s", "auth": {"type": "bearer", "token": "bearer-0"},
                 "headers": {"X-Tenant": "acme"}}
                """.formatted(server.url())).key(acme.adminKey()).send();
        assertThat(registered.status()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void javaSessionKeepsCallingToolsAcrossRotations() throws IOException, InterruptedException {
        keepsCallingAcrossRotations(new LiveJavaSession(leash(), SLUG, tls));
    }

    @Test
    void typeScriptSessionKeepsCallingToolsAcrossRotations() throws IOException, InterruptedException {
        keepsCallingAcrossRotations(new LiveTypeScriptSession(PackedSdk.require(),
                RunningLeash.shared().baseUrl().toString(), acme.appKey(), SLUG, tls));
    }

    /** As an app wires it that has a transport of its own. */
    @Test
    void javaCallBetweenTheTwoHalvesOfARotationDoesNotFail() {
        LeashMcp mcp = LeashMcp.of(leash(), SLUG);
        URI url = URI.create(leash().getCustomMcpConfig(SLUG).url());
        McpSyncClient client = McpClient.sync(HttpClientStreamableHttpTransport.builder(url.resolve("/").toString())
                .endpoint(url.getRawPath()).addHttpRequestCustomizer(mcp.requestCustomizer())
                .authorizationErrorHandler(mcp.authorizationErrorHandler())
                .customizeClient(http -> http.sslContext(tls.sslContext())).build()).build();
        client.initialize();
        Thread rotation = Thread.ofPlatform().unstarted(() -> {
            Poll.until("a call was refused", () -> server.requestsRefused() > 0);
            rotate("second-half");
        });

        server.currentBearer("second-half");
        rotation.start();

        assertThat(client.callTool(CallToolRequest.builder("whoami").arguments(Map.of()).build()).isError())
                .isNotEqualTo(true);
        client.closeGracefully();
    }

    @Test
    void revocationEndsJavaSessionsWithLeashsOwnWords() {
        McpSyncClient client = McpClient.sync(LeashMcp.of(leash(), SLUG).transport()
                .customizeClient(http -> http.sslContext(tls.sslContext())).build()).build();
        client.initialize();

        RunningLeash.shared().client().delete("/api/organization/mcp-servers/live").key(acme.adminKey()).send();

        assertThatThrownBy(() -> client.callTool(CallToolRequest.builder("whoami").arguments(Map.of()).build()))
                .hasStackTraceContaining("UNKNOWN_MCP_SERVER");
    }

    private void keepsCallingAcrossRotations(LiveSession session) throws IOException, InterruptedException {
        try (session) {
            for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                awaitCalls(session, CALLS_BETWEEN);
                rotate("bearer-" + rotation);
                server.currentBearer("bearer-" + rotation);
            }
            awaitCalls(session, CALLS_BETWEEN);
            assertThat(session.calls()).isGreaterThanOrEqualTo(CALLS_BETWEEN * (ROTATIONS + 1));
        }
    }

    private static void awaitCalls(LiveSession session, int more) {
        int before = session.calls();
        Poll.until(more + " more calls", () -> session.calls() >= before + more);
    }

    private void rotate(String token) {
        LeashAnswer answer = RunningLeash.shared().client()
                .post("/api/organization/mcp-servers/live/rotate", "{\"token\": \"" + token + "\"}")
                .key(acme.adminKey()).send();
        assertThat(answer.status()).isEqualTo(200);
    }

    private Leash leash() {
        return Leash.builder().apiKey(acme.appKey()).baseUrl(RunningLeash.shared().baseUrl()).build();
    }
}
