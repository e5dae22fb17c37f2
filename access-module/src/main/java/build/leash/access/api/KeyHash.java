package build.leash.access.api;

import java.nio.ByteBuffer;

/** The SHA-256 of an API key, under which it is known. Opens nothing. */
public record KeyHash(long first, long second, long third, long fourth) {

    private static final int BYTES = 32;

    /** @throws IllegalArgumentException if these are not {@value #BYTES} bytes */
    public static KeyHash of(byte[] sha256) {
        if (sha256.length != BYTES) {
            throw new IllegalArgumentException("A SHA-256 has " + BYTES + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(sha256);
        return new KeyHash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(first).putLong(second).putLong(third).putLong(fourth).array();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }
}
