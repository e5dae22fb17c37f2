package build.leash.app.sdk;

import build.leash.app.mcp.TlsIdentity;
import build.leash.sdk.Leash;
import build.leash.sdk.mcp.LeashMcp;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The official Java client through the SDK's transport. */
final class LiveJavaSession implements LiveSession {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final McpSyncClient client;
    private final AtomicInteger calls = new AtomicInteger();
    private final CompletableFuture<Void> work;
    private volatile boolean ending;

    LiveJavaSession(Leash leash, String slug, TlsIdentity tls) {
        client = McpClient.sync(LeashMcp.of(leash, slug).transport()
                .customizeClient(http -> http.sslContext(tls.sslContext())).build())
                .requestTimeout(LIMIT).initializationTimeout(LIMIT).build();
        client.initialize();
        work = CompletableFuture.runAsync(this::callAgainAndAgain, task -> Thread.ofPlatform().start(task));
    }

    @Override
    public int calls() {
        if (work.isCompletedExceptionally()) {
            work.join();
        }
        return calls.get();
    }

    @Override
    public void close() {
        ending = true;
        work.join();
        client.closeGracefully();
    }

    private void callAgainAndAgain() {
        while (!ending) {
            String text = "call " + calls;
            CallToolResult result = client
                    .callTool(CallToolRequest.builder("echo").arguments(Map.of("text", text)).build());
            if (!(result.content().getFirst() instanceof TextContent answer) || !answer.text().equals(text)) {
                throw new AssertionError("Answered " + result);
            }
            calls.incrementAndGet();
        }
    }
}
