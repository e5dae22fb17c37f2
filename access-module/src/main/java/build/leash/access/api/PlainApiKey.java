package build.leash.access.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * An API key in plain: prefix, 43 base62 characters drawn at random (just over 256 bits), and 6 characters of CRC-32
 * over all of it, by which a secret scanner tells a real key from a look-alike without asking anybody. Exists only in
 * the request that presents it and in the answer that shows it once; what is stored is its SHA-256, which needs no
 * salt because the key is not guessable.
 */
public final class PlainApiKey {

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_CHARACTERS = 43;
    private static final int CHECKSUM_CHARACTERS = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String value;
    private final ApiKeyKind kind;

    private PlainApiKey(String value, ApiKeyKind kind) {
        this.value = value;
        this.kind = kind;
    }

    /** A new key that nobody has seen before. */
    public static PlainApiKey generate(ApiKeyKind kind) {
        StringBuilder key = new StringBuilder(kind.prefix());
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            key.append(BASE62.charAt(RANDOM.nextInt(BASE62.length())));
        }
        return new PlainApiKey(key.append(checksum(key)).toString(), kind);
    }

    /** The key, if the text has the form and the checksum of one. */
    public static Optional<PlainApiKey> parse(String text) {
        for (ApiKeyKind kind : ApiKeyKind.values()) {
            if (text.startsWith(kind.prefix())) {
                return isWellFormed(text, kind) ? Optional.of(new PlainApiKey(text, kind)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    public ApiKeyKind kind() {
        return kind;
    }

    /** 32 bytes under which the key is stored and looked up. */
    public byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The key itself, for the one answer that shows it. */
    public String reveal() {
        return value;
    }

    /** Keeps Jackson from writing it. */
    @JsonValue
    Object refuseToBeWritten() {
        throw new IllegalStateException("A plain key is never serialized");
    }

    @Override
    public String toString() {
        return kind.prefix() + "…";
    }

    private static boolean isWellFormed(String text, ApiKeyKind kind) {
        int random = kind.prefix().length();
        int checksum = random + RANDOM_CHARACTERS;
        return text.length() == checksum + CHECKSUM_CHARACTERS && isBase62(text, random)
                && text.endsWith(checksum(text.substring(0, checksum)));
    }

    /** A loop, because every fetch comes by. */
    private static boolean isBase62(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
                return false;
            }
        }
        return true;
    }

    private static String checksum(CharSequence key) {
        CRC32 crc = new CRC32();
        crc.update(key.toString().getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_CHARACTERS];
        long rest = crc.getValue();
        for (int i = CHECKSUM_CHARACTERS - 1; i >= 0; i--) {
            digits[i] = BASE62.charAt((int) (rest % BASE62.length()));
            rest /= BASE62.length();
        }
        return new String(digits);
    }
}
