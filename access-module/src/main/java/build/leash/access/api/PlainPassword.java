package build.leash.access.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.Base64;

/** A password in plain, {@value #MIN_LENGTH} to {@value #MAX_LENGTH} characters; stored only as its Argon2id hash. */
public final class PlainPassword {

    public static final int MIN_LENGTH = 12;
    public static final int MAX_LENGTH = 256;
    private static final int GENERATED_BYTES = 18;

    private final String value;

    public PlainPassword(String value) {
        if (value.length() < MIN_LENGTH || value.length() > MAX_LENGTH) {
            throw new InvalidValue("A password has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters.");
        }
        this.value = value;
    }

    /** A new password of 144 random bits. */
    public static PlainPassword generate() {
        byte[] random = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(random);
        return new PlainPassword(Base64.getUrlEncoder().encodeToString(random));
    }

    /** The password itself, for hashing it and for the one place that shows a generated one. */
    public String reveal() {
        return value;
    }

    /** Keeps Jackson from writing it. */
    @JsonValue
    Object refuseToBeWritten() {
        throw new IllegalStateException("A plain password is never serialized");
    }

    @Override
    public String toString() {
        return "PlainPassword[…]";
    }
}
