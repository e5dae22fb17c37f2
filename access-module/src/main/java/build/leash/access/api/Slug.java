package build.leash.access.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name by which an app asks for an MCP server, unique in its organization while the server is registered: 1 to 63
 * characters of a DNS label (RFC 1123), lower case.
 */
public record Slug(String value) implements Comparable<Slug> {

    private static final int MAX_LENGTH = 63;

    public Slug {
        if (!isValid(value)) {
            throw new InvalidValue("A slug has 1 to 63 lower-case letters, digits and hyphens,"
                    + " and neither starts nor ends with a hyphen.");
        }
    }

    /**
     * The slug with this text.
     *
     * @throws InvalidValue if the text breaks the rules of a slug
     */
    @JsonCreator
    public static Slug of(String text) {
        return new Slug(text);
    }

    /** Whether {@link #of} would accept the text. A loop, because every fetch comes by. */
    public static boolean isValid(String text) {
        int length = text.length();
        if (length == 0 || length > MAX_LENGTH || text.charAt(0) == '-' || text.charAt(length - 1) == '-') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Slug other) {
        return value.compareTo(other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
