package build.leash.app.sdk;

import build.leash.sdk.Leash;
import build.leash.sdk.LeashException;
import build.leash.sdk.mcp.LeashMcp;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The code of the README for Java, word by word, as a program that finds its key in the environment. */
public final class ReadmeExample {

    private ReadmeExample() {}

    public static void main(String[] arguments) {
        Leash leash = Leash.create();
        McpSyncClient client = McpClient.sync(LeashMcp.of(leash, "intercom").transport().build()).build();
        client.initialize();
        CallToolRequest request = CallToolRequest.builder("echo").arguments(Map.of("text", "refund")).build();
        CallToolResult found = client.callTool(request);
        client.closeGracefully();

        String stripeKey = leash.env().get("STRIPE_KEY"); // at most 60 seconds old
        String rotated = leash.env().getFresh("STRIPE_KEY"); // as of now
        Optional<String> optional = leash.env().find("NOT_YET_SET");
        Map<String, String> many = leash.env().getMany(List.of("DATABASE_URL", "STRIPE_KEY"));
        CompletableFuture<String> later = leash.env().getAsync("STRIPE_KEY");

        try {
            leash.getCustomMcpConfig("not-registered");
        } catch (LeashException e) {
            System.err.println(e.code() + " " + e.action()); // UNKNOWN_MCP_SERVER Register it on the dashboard …
        }
        System.out.println(found.content() + " " + stripeKey + rotated + optional + many.keySet() + later.join());
    }
}
