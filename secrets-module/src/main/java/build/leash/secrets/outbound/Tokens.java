package build.leash.secrets.outbound;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.PlainSecret;

/** Credentials that go into a header or a JSON string. */
public final class Tokens {

    private static final int MAX_LENGTH = 8192;

    private Tokens() {}

    /** @throws InvalidValue if it is not visible ASCII of a usual length */
    public static void check(PlainSecret credential, int minLength) {
        byte[] bytes = credential.bytes();
        boolean isVisible = true;
        for (byte b : bytes) {
            isVisible &= b > 0x20 && b < 0x7F;
        }
        if (!isVisible || bytes.length < minLength || bytes.length > MAX_LENGTH) {
            throw new InvalidValue("The credential of such a source has " + minLength + " to " + MAX_LENGTH
                    + " visible ASCII characters.");
        }
    }
}
