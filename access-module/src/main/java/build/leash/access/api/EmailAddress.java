package build.leash.access.api;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address to sign in with and to write to: at most 254 characters (RFC 5321, section 4.5.3.1.3, errata 1690), one
 * {@code @} with something on either side, no white space and nothing invisible. Kept in lower case, so that it is found
 * however it is typed.
 */
public record EmailAddress(String value) {

    private static final int MAX_LENGTH = 254;
    private static final Pattern ALLOWED = Pattern.compile("[^@\\s\\p{C}]+@[^@\\s\\p{C}]+",
            Pattern.UNICODE_CHARACTER_CLASS);

    public EmailAddress {
        value = value.toLowerCase(Locale.ROOT);
        if (value.length() > MAX_LENGTH || !ALLOWED.matcher(value).matches()) {
            throw new InvalidValue("An e-mail address has the form name@host and at most " + MAX_LENGTH
                    + " characters.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
