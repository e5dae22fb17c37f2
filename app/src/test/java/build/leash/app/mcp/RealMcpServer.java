package build.leash.app.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletSseServerTransportProvider;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * What sits at the far end of a registered URL: the official MCP SDK behind TLS and a {@link BearerGate}, on
 * 127.0.0.1 and a port of its own. It offers {@code echo}, which answers its {@code text}, and {@code whoami},
 * which answers the {@code X-Tenant} header the call came with, so that a test can see static headers arrive.
 */
public final class RealMcpServer implements AutoCloseable {

    private static final String PATH = "/mcp";
    private static final String SSE_PATH = "/sse";
    private static final String TENANT_HEADER = "X-Tenant";

    private final BearerGate gate;
    private final McpSyncServer mcp;
    private final Tomcat tomcat;
    private final String path;

    private RealMcpServer(TlsIdentity tls, BearerGate gate, String path, HttpServlet transport, McpSyncServer mcp)
            throws IOException, LifecycleException {
        this.gate = gate;
        this.path = path;
        this.mcp = mcp;
        this.tomcat = TlsTomcat.serving(
                transport, gate, tls, Files.createTempDirectory(tls.directory(), "mcp-server-"));
        tomcat.start();
    }

    public static RealMcpServer start(TlsIdentity tls, String bearer) {
        return start(tls, bearer, Map.of());
    }

    /** @param staticHeaders refused with 403 unless each request carries all of them, beside the bearer */
    public static RealMcpServer start(TlsIdentity tls, String bearer, Map<String, String> staticHeaders) {
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint(PATH).contextExtractor(RealMcpServer::tenant).build();
        return started(tls, new BearerGate(bearer, staticHeaders), PATH, transport,
                withTools(McpServer.sync(transport)));
    }

    /** One that speaks the older transport: HTTP with server-sent events. */
    public static RealMcpServer startSse(TlsIdentity tls, String bearer) {
        HttpServletSseServerTransportProvider transport = HttpServletSseServerTransportProvider.builder()
                .sseEndpoint(SSE_PATH).messageEndpoint("/message").contextExtractor(RealMcpServer::tenant).build();
        return started(tls, new BearerGate(bearer, Map.of()), SSE_PATH, transport,
                withTools(McpServer.sync(transport)));
    }

    private static RealMcpServer started(TlsIdentity tls, BearerGate gate, String path, HttpServlet transport,
            McpSyncServer mcp) {
        try {
            return new RealMcpServer(tls, gate, path, transport, mcp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "https://localhost:" + tomcat.getConnector().getLocalPort() + path;
    }

    /** From now on only this one is let in, also within sessions that are already open. */
    public void currentBearer(String bearer) {
        gate.currentBearer(bearer);
    }

    /** Every request that reached this server, let in or not; zero proves that nobody called. */
    long requestsSeen() {
        return gate.seen();
    }

    public long requestsRefused() {
        return gate.refused();
    }

    /** Sessions end before the connector does: an open event stream would otherwise hold up the stop. */
    @Override
    public void close() {
        try {
            mcp.closeGracefully();
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static McpTransportContext tenant(HttpServletRequest request) {
        return McpTransportContext.create(Map.of(
                TENANT_HEADER, Objects.requireNonNullElse(request.getHeader(TENANT_HEADER), "nobody")));
    }

    private static McpSyncServer withTools(McpServer.SyncSpecification<?> server) {
        return server
                .immediateExecution(true)
                .serverInfo("leash-test-upstream", "1.0.0")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .toolCall(echo(), (exchange, call) -> text(String.valueOf(call.arguments().get("text"))))
                .toolCall(whoami(),
                        (exchange, call) -> text(String.valueOf(exchange.transportContext().get(TENANT_HEADER))))
                .build();
    }

    private static Tool echo() {
        Map<String, Object> schema = Map.of(
                "type", "object",
                "properties", Map.of("text", Map.of("type", "string")),
                "required", List.of("text"));
        return Tool.builder("echo", schema).description("Answers its text").build();
    }

    private static Tool whoami() {
        return Tool.builder("whoami", Map.of("type", "object")).description("Answers the caller's tenant").build();
    }

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).isError(false).build();
    }
}
