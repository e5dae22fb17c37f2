package build.leash.secrets.api;

import build.leash.access.api.InvalidValue;

/**
 * An env value in plain: at most {@value #MAX_BYTES} bytes of UTF-8, as much as Google Secret Manager keeps, and without
 * NUL, which no process environment can hold. May be empty.
 */
public record EnvValue(PlainSecret secret) {

    public static final int MAX_BYTES = 65_536;

    public EnvValue {
        if (!isValid(secret.bytes())) {
            throw new InvalidValue("A value has at most " + MAX_BYTES + " bytes in UTF-8 and no NUL.");
        }
    }

    /** Whether these bytes can be a value, given that they are UTF-8. */
    public static boolean isValid(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return false;
        }
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        return true;
    }
}
