package build.leash.sdk.mcp;

import build.leash.sdk.Leash;
import build.leash.sdk.McpConfig;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.HttpRequestSnapshot;
import io.modelcontextprotocol.client.transport.customizer.McpAsyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.client.transport.customizer.McpHttpClientTransportAuthorizationErrorHandler;
import io.modelcontextprotocol.client.transport.customizer.McpSyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.common.McpTransportContext;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Connects the official MCP client to a server that is registered under a slug. The headers are asked for with each
 * request, so that a rotation reaches sessions that are open; after a 401 they are asked for once more. They go to the
 * origin of the handed-off URL only.
 */
public final class LeashMcp {

    private static final int UNAUTHORIZED = 401;

    /** Whoever rotates changes two places, one after the other; a pause this long bridges the time in between. */
    private static final Duration SETTLING = Duration.ofMillis(250);

    private final Leash leash;
    private final String slug;

    private LeashMcp(Leash leash, String slug) {
        this.leash = leash;
        this.slug = slug;
    }

    public static LeashMcp of(Leash leash, String slug) {
        return new LeashMcp(leash, slug);
    }

    /**
     * A transport that lacks nothing: address, whole path and query, headers, second attempt. Asks Leash once.
     *
     * @throws build.leash.sdk.LeashException if Leash does not hand off this server
     */
    public HttpClientStreamableHttpTransport.Builder transport() {
        URI url = URI.create(leash.getCustomMcpConfig(slug).url());
        return HttpClientStreamableHttpTransport.builder(origin(url)).endpoint(path(url))
                .addAsyncHttpRequestCustomizer(asyncRequestCustomizer())
                .authorizationErrorHandler(authorizationErrorHandler());
    }

    /**
     * Sets the headers on each request; waits for Leash. For a transport of one's own: pass its builder the whole path,
     * as it would go to {@code /mcp} by itself, and the {@link #authorizationErrorHandler} for the second attempt.
     */
    public McpSyncHttpClientRequestCustomizer requestCustomizer() {
        return (request, method, uri, body, context) -> setHeaders(request, uri, leash.getCustomMcpConfig(slug));
    }

    /** As {@link #requestCustomizer}, without waiting. */
    public McpAsyncHttpClientRequestCustomizer asyncRequestCustomizer() {
        return (request, method, uri, body, context) -> Mono.fromFuture(() -> leash.getCustomMcpConfigAsync(slug))
                .map(config -> setHeaders(request, uri, config));
    }

    /** Lets the client try a 401 once more, with the headers of that moment. */
    public McpHttpClientTransportAuthorizationErrorHandler authorizationErrorHandler() {
        return new OnceMore();
    }

    private static HttpRequest.Builder setHeaders(HttpRequest.Builder request, URI target, McpConfig config) {
        if (origin(target).equals(origin(URI.create(config.url())))) {
            config.headers().forEach(request::setHeader);
        }
        return request;
    }

    private static String origin(URI url) {
        return (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
    }

    private static String path(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** The client asks its customizer again before the further attempt. */
    private static final class OnceMore implements McpHttpClientTransportAuthorizationErrorHandler {

        @Override
        public Publisher<Boolean> handle(HttpRequestSnapshot request, ResponseInfo answer,
                @Nullable McpTransportContext context) {
            return answer.statusCode() == UNAUTHORIZED ? Mono.delay(SETTLING).thenReturn(true) : Mono.just(false);
        }

        @Override
        public int maxRetries() {
            return 1;
        }
    }
}
