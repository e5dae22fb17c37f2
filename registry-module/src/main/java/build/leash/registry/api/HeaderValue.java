package build.leash.registry.api;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.PlainSecret;
import java.util.regex.Pattern;

/** The rule for a static header's value, plain or secret (RFC 9110, section 5.5). */
final class HeaderValue {

    static final int MAX_LENGTH = 4096;

    private static final Pattern ALLOWED = Pattern.compile("[\\x21-\\x7E](?:[\\x20-\\x7E\\t]*[\\x21-\\x7E])?");

    private HeaderValue() {}

    static void check(PlainSecret value) {
        check(value.reveal());
    }

    static void check(String value) {
        if (value.length() > MAX_LENGTH || !ALLOWED.matcher(value).matches()) {
            throw new InvalidValue("A header value has 1 to " + MAX_LENGTH
                    + " visible ASCII characters; blanks and tabs only between them.");
        }
    }
}
