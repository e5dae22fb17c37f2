package build.leash.sdk;

import static java.util.Map.entry;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the platform, or whoever stands in its place, answers. */
final class Answers {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String FALLBACK_ACTION = "Check LEASH_PLATFORM_URL, and that nothing between the app and Leash"
            + " answers in its place.";

    /** What the platform's codes are called here. Two that an app cannot tell apart by what it does next share one. */
    private static final Map<String, LeashErrorCode> CODES = Map.ofEntries(
            entry("api_key_required", LeashErrorCode.UNAUTHORIZED),
            entry("invalid_api_key", LeashErrorCode.UNAUTHORIZED),
            entry("upgrade_required", LeashErrorCode.UPGRADE_REQUIRED),
            entry("not_allowed", LeashErrorCode.NOT_ALLOWED),
            entry("forbidden", LeashErrorCode.NOT_ALLOWED),
            entry("unknown_mcp_server", LeashErrorCode.UNKNOWN_MCP_SERVER),
            entry("invalid_key", LeashErrorCode.INVALID_KEY),
            entry("invalid_request", LeashErrorCode.INVALID_KEY),
            entry("key_not_declared", LeashErrorCode.KEY_NOT_DECLARED),
            entry("unknown_app", LeashErrorCode.KEY_NOT_DECLARED),
            entry("key_not_found", LeashErrorCode.KEY_NOT_FOUND),
            entry("source_unreachable", LeashErrorCode.SOURCE_UNREACHABLE),
            entry("rate_limited", LeashErrorCode.RATE_LIMITED),
            entry("secrets_unavailable", LeashErrorCode.SECRETS_UNAVAILABLE),
            entry("storage_unavailable", LeashErrorCode.STORAGE_UNAVAILABLE));

    private final URI baseUrl;

    Answers(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** The body as JSON, or empty if it is none. */
    Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.of(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            // Its message may quote the body, and the body may hold a secret.
            return Optional.empty();
        }
    }

    /** The error behind an answer that is no success. */
    LeashException error(int status, byte[] body, Optional<String> requestId) {
        JsonNode problem = json(body).orElseGet(JSON::createObjectNode);
        LeashErrorCode code = text(problem, "code").map(CODES::get).orElse(LeashErrorCode.NETWORK_ERROR);
        return new LeashException(code, status,
                text(problem, "error").or(() -> text(problem, "detail")).orElseGet(
                        () -> origin() + " answered " + status + ", which is no answer of Leash's"),
                text(problem, "action").orElse(FALLBACK_ACTION),
                text(problem, "seeAlso").map(this::absolute).orElse(null),
                text(problem, "requestId").or(() -> requestId).orElse(null), null);
    }

    /** The answer is a success and yet is not what the API promises. */
    LeashException unreadable(int status) {
        return new LeashException(LeashErrorCode.NETWORK_ERROR, status,
                origin() + " answered " + status + " with something that Leash does not say", FALLBACK_ACTION, null,
                null, new IOException("The body is not what the API promises"));
    }

    /** The member, if it is text and not empty. */
    static Optional<String> text(@Nullable JsonNode object, String member) {
        JsonNode value = object == null ? null : object.get(member);
        return value != null && value.isString()
                ? Optional.of(value.stringValue()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /** For messages: the address without path and query. */
    String origin() {
        return baseUrl.getScheme() + "://" + baseUrl.getRawAuthority();
    }

    private @Nullable URI absolute(String reference) {
        try {
            return baseUrl.resolve(reference);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
