package build.leash.sdk;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An app's way to its organization's MCP servers and env values. Make one and share it: it is safe for use by several
 * threads, and there is nothing to close. Every method throws, or completes with, a {@link LeashException}.
 */
public final class Leash {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private final Platform platform;
    private final LeashEnv env;

    Leash(Platform platform, LeashEnv env) {
        this.platform = platform;
        this.env = env;
    }

    /** One that reads {@code LEASH_API_KEY} and {@code LEASH_PLATFORM_URL} from the environment. Contacts nobody. */
    public static Leash create() {
        return builder().build();
    }

    public static LeashBuilder builder() {
        return new LeashBuilder();
    }

    /** Where to connect and with what headers. Asked afresh on every call, so a rotation is in the next answer. */
    public McpConfig getCustomMcpConfig(String slug) {
        return Cancellation.await(getCustomMcpConfigAsync(slug));
    }

    /** As {@link #getCustomMcpConfig}; cancelling the future ends the request. */
    public CompletableFuture<McpConfig> getCustomMcpConfigAsync(String slug) {
        if (!SLUG.matcher(slug).matches()) {
            return CompletableFuture.failedFuture(impossible());
        }
        CompletableFuture<JsonNode> answer = platform.get("api/integrations/mcp-config/" + slug);
        CompletableFuture<McpConfig> config = answer.thenApply(this::config);
        Cancellation.passOn(config, answer);
        return config;
    }

    /** The app's env values. */
    public LeashEnv env() {
        return env;
    }

    /** Where the platform is. */
    public URI baseUrl() {
        return platform.baseUrl();
    }

    @Override
    public String toString() {
        return "Leash(" + platform.baseUrl() + ")";
    }

    /** No server has such a slug, and as a part of a path it could ask for something else. */
    private static LeashException impossible() {
        return new LeashException(LeashErrorCode.UNKNOWN_MCP_SERVER, "Unknown MCP server: that is no slug",
                "Use the slug that the dashboard shows: lower-case letters, digits and hyphens, at most 63 characters.",
                null);
    }

    private McpConfig config(JsonNode answer) {
        JsonNode data = answer.get("data");
        Optional<String> slug = Answers.text(data, "slug");
        Optional<String> url = Answers.text(data, "url");
        if (data == null || slug.isEmpty() || url.isEmpty()) {
            throw platform.answers().unreadable(200);
        }
        JsonNode version = data.get("version");
        return new McpConfig(slug.get(), Answers.text(data, "displayName").orElse(slug.get()), url.get(),
                headers(data.get("headers")),
                Answers.text(data, "transport").filter("sse"::equals).isPresent()
                        ? McpConfig.Transport.SSE
                        : McpConfig.Transport.STREAMABLE_HTTP,
                version != null && version.isIntegralNumber() ? version.longValue() : 1);
    }

    private Map<String, String> headers(@Nullable JsonNode headers) {
        if (headers == null || !headers.isObject() || !headers.valueStream().allMatch(JsonNode::isString)) {
            throw platform.answers().unreadable(200);
        }
        Map<String, String> values = new LinkedHashMap<>();
        headers.properties().forEach(header -> values.put(header.getKey(), header.getValue().stringValue()));
        return values;
    }
}
