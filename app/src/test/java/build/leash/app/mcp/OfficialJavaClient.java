package build.leash.app.mcp;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * The official Java SDK with nothing but what Leash answered plugged into it: {@code url} and {@code headers}. It
 * takes part in the session as an app would, and so shows whether a rotation reaches sessions that are open.
 */
final class OfficialJavaClient implements AutoCloseable {

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);

    private final McpSyncClient client;

    private OfficialJavaClient(McpSyncClient client) {
        this.client = client;
    }

    /** Opens a session. @throws McpServerRefused if the server does not take these headers */
    static OfficialJavaClient connect(String url, Map<String, String> headers, SSLContext tls) {
        McpSyncClient client = McpClient.sync(transport(URI.create(url), headers, tls))
                .requestTimeout(REQUEST_LIMIT)
                .initializationTimeout(REQUEST_LIMIT)
                .build();
        try {
            surfacingRefusal(client::initialize);
            return new OfficialJavaClient(client);
        } catch (RuntimeException e) {
            client.closeGracefully();
            throw e;
        }
    }

    static String callOnce(
            String url, Map<String, String> headers, SSLContext tls, String tool, Map<String, Object> arguments) {
        try (OfficialJavaClient session = connect(url, headers, tls)) {
            return session.call(tool, arguments);
        }
    }

    /** The text of the answer. @throws McpServerRefused if the server no longer takes the session's headers */
    String call(String tool, Map<String, Object> arguments) {
        CallToolRequest request = CallToolRequest.builder(tool).arguments(arguments).build();
        CallToolResult result = surfacingRefusal(() -> client.callTool(request));
        String text = textOf(result);
        if (Boolean.TRUE.equals(result.isError())) {
            throw new IllegalStateException("the tool failed: " + text);
        }
        return text;
    }

    /** Gracefully: the plain close sends its farewell in the background, where a stopped server makes it fail. */
    @Override
    public void close() {
        client.closeGracefully();
    }

    /** The builder adds {@code /mcp} of its own accord unless it is told the whole path, so it is told. */
    private static HttpClientStreamableHttpTransport transport(
            URI url, Map<String, String> headers, SSLContext tls) {
        String origin = url.getScheme() + "://" + url.getRawAuthority();
        String rest = url.toString().substring(origin.length());
        return HttpClientStreamableHttpTransport.builder(origin)
                .endpoint(rest.isEmpty() ? "/" : rest)
                .customizeClient(http -> http.sslContext(tls))
                .addHttpRequestCustomizer((request, method, uri, body, context) -> headers.forEach(request::setHeader))
                .build();
    }

    private static String textOf(CallToolResult result) {
        return result.content().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n"));
    }

    /** The SDK wraps what its transport saw, at a depth that differs between opening a session and using it. */
    private static <T> T surfacingRefusal(Supplier<T> exchange) {
        try {
            return exchange.get();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof McpHttpClientTransportAuthorizationException refusal) {
                    throw new McpServerRefused(refusal.getResponseInfo().statusCode(), e);
                }
            }
            throw e;
        }
    }
}
