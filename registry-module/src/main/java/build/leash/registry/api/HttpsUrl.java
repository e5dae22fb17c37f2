package build.leash.registry.api;

import build.leash.access.api.InvalidValue;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An MCP server's URL: absolute, {@code https}, with a host, at most {@value #MAX_LENGTH} characters (RFC 3986). Has
 * neither userinfo nor fragment, and no query parameter that looks like a credential, because a URL is kept and shown
 * in the open. Kept exactly as given, but for a host with other than ASCII characters, which is kept as A-labels
 * (RFC 5890, section 2.3.2.1).
 */
public record HttpsUrl(String value) {

    public static final int MAX_LENGTH = 2048;

    private static final int MAX_PORT = 65_535;
    private static final Pattern PARTS = Pattern.compile("(?i:https)://([^/?#]*)(.*)", Pattern.DOTALL);
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7E]*");

    public HttpsUrl {
        isNotTooLong(value);
        value = withAsciiHost(value);
        isNotTooLong(value);
        hasNothingThatIsRefused(parsed(value));
    }

    /**
     * The URL with this text.
     *
     * @throws InvalidValue if the text breaks the rules above
     */
    @JsonCreator
    public static HttpsUrl of(String text) {
        return new HttpsUrl(text);
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }

    private static void isNotTooLong(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidValue("A URL has at most " + MAX_LENGTH + " characters.");
        }
    }

    private static String withAsciiHost(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches() || parts.group(1).isEmpty()) {
            throw new InvalidValue("A URL is absolute, begins with https:// and names a host.");
        }
        String authority = parts.group(1);
        if (authority.contains("@")) {
            throw new InvalidValue("A URL has no user name or password. Use auth of type bearer.");
        }
        String ascii = VISIBLE_ASCII.matcher(authority).matches() ? authority : aLabels(authority);
        return text.substring(0, parts.start(1)) + ascii + parts.group(2);
    }

    private static String aLabels(String authority) {
        int port = authority.lastIndexOf(':');
        String host = port < 0 ? authority : authority.substring(0, port);
        return ALabels.of(host) + authority.substring(host.length());
    }

    private static URI parsed(String text) {
        try {
            if (!VISIBLE_ASCII.matcher(text).matches()) {
                throw new InvalidValue("A URL has no white space, control or non-ASCII characters after its host;"
                        + " write them percent-encoded.");
            }
            return new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new InvalidValue("The URL is not well-formed (RFC 3986).");
        }
    }

    private static void hasNothingThatIsRefused(URI uri) {
        if (uri.getRawFragment() != null) {
            throw new InvalidValue("A URL has no fragment (#…).");
        }
        boolean portIsMissingOrValid = uri.getPort() == -1 || (uri.getPort() >= 1 && uri.getPort() <= MAX_PORT);
        if (uri.getHost() == null || !portIsMissingOrValid) {
            throw new InvalidValue("A URL names a host, and a port of 1 to " + MAX_PORT + " if any.");
        }
        if (uri.getRawQuery() != null
                && Arrays.stream(uri.getRawQuery().split("[&;]")).anyMatch(HttpsUrl::looksLikeCredential)) {
            throw new InvalidValue("A URL carries no credential in its query, because it is kept and shown in the"
                    + " open. Use auth of type bearer, or a secret header.");
        }
    }

    private static boolean looksLikeCredential(String parameter) {
        String name = parameter.split("=", 2)[0];
        return CredentialName.matches(URLDecoder.decode(name, StandardCharsets.UTF_8));
    }
}
