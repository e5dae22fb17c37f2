package build.leash.registry.api;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.PlainSecret;
import java.nio.charset.StandardCharsets;

/**
 * A bearer token in plain: 1 to {@value #MAX_LENGTH} visible ASCII characters (RFC 9110, section 5.5, without blanks),
 * without the word {@code Bearer}, which the hand-off puts before it (RFC 6750, section 2.1).
 */
public record BearerToken(PlainSecret secret) {

    public static final int MAX_LENGTH = 8192;
    private static final String SCHEME = "bearer ";

    public BearerToken {
        byte[] bytes = secret.bytes();
        if (beginsWithScheme(bytes)) {
            throw new InvalidValue("Give the token alone, without the word Bearer before it.");
        }
        if (bytes.length < 1 || bytes.length > MAX_LENGTH || !isVisibleAscii(bytes)) {
            throw new InvalidValue("A bearer token has 1 to " + MAX_LENGTH
                    + " visible ASCII characters and no white space.");
        }
    }

    private static boolean beginsWithScheme(byte[] bytes) {
        return bytes.length >= SCHEME.length()
                && new String(bytes, 0, SCHEME.length(), StandardCharsets.US_ASCII).equalsIgnoreCase(SCHEME);
    }

    private static boolean isVisibleAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0x21 || b > 0x7E) {
                return false;
            }
        }
        return true;
    }
}
