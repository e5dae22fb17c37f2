package build.leash.access.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What opens a session or an invitation: 256 random bits in base64url. Kept by whoever holds it; what is stored is its
 * SHA-256, which needs no salt because the token is not guessable.
 */
public final class PlainToken {

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String value;

    private PlainToken(String value) {
        this.value = value;
    }

    /** A new token that nobody has seen before. */
    public static PlainToken generate() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return new PlainToken(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** The token, if the text has the form of one. */
    public static Optional<PlainToken> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new PlainToken(text)) : Optional.empty();
    }

    /** 32 bytes under which it is stored and looked up. */
    public byte[] sha256() {
        return sha256("");
    }

    /** 32 bytes that only a holder of the token can compute, different ones for each purpose. */
    public byte[] sha256(String purpose) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((purpose + value).getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The token itself, for the cookie or link that carries it. */
    public String reveal() {
        return value;
    }

    /** Keeps Jackson from writing it. */
    @JsonValue
    Object refuseToBeWritten() {
        throw new IllegalStateException("A plain token is never serialized");
    }

    @Override
    public String toString() {
        return "PlainToken[…]";
    }
}
