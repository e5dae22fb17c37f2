package build.leash.registry.api;

import build.leash.access.api.InvalidValue;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a static header: a token (RFC 9110, section 5.6.2) of at most {@value #MAX_LENGTH} characters. Refused
 * are the headers that belong to the connection, to the message, or to the protocol between client and server. Kept as
 * given; names that differ in case only are the same name.
 */
public record HeaderName(String value) {

    public static final int MAX_LENGTH = 100;

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1," + MAX_LENGTH + "}");
    private static final Set<String> REFUSED = Set.of("host", "cookie", "cookie2", "set-cookie", "accept",
            "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te",
            "trailer", "transfer-encoding", "upgrade", "expect", "via", "http2-settings", "last-event-id", "origin",
            "date");
    private static final Set<String> REFUSED_FAMILIES = Set.of("content-", "mcp-", "accept-", "sec-");

    public HeaderName {
        if (!TOKEN.matcher(value).matches()) {
            throw new InvalidValue("A header name is a token of 1 to " + MAX_LENGTH + " characters (RFC 9110).");
        }
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.equals("authorization")) {
            throw new InvalidValue("Authorization is not a static header. Use auth of type bearer.");
        }
        if (REFUSED.contains(lower) || REFUSED_FAMILIES.stream().anyMatch(lower::startsWith)) {
            throw new InvalidValue("This header belongs to the client, the connection or the protocol.");
        }
    }

    @JsonCreator
    public static HeaderName of(String text) {
        return new HeaderName(text);
    }

    /** What two names have in common that differ in case only. */
    public String key() {
        return value.toLowerCase(Locale.ROOT);
    }

    /** Whether a value under this name must be given as a secret. */
    public boolean looksLikeCredential() {
        return CredentialName.matches(value);
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
