package build.leash.secrets.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A secret in plain. Lives as long as one request; has no value-revealing {@code toString}, {@code equals} or
 * {@code hashCode}, refuses Jackson, and is not {@link java.io.Serializable}. Not thread-safe.
 */
public final class PlainSecret implements AutoCloseable {

    private final byte[] bytes;

    private PlainSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    public static PlainSecret of(String text) {
        return new PlainSecret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the array over: {@link #close} wipes it. */
    public static PlainSecret owning(byte[] bytes) {
        return new PlainSecret(bytes);
    }

    /** The secret as text, for the one place that hands it off. */
    public String reveal() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The secret's own bytes, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** Overwrites the bytes. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    /** Keeps Jackson from writing it. */
    @JsonValue
    Object refuseToBeWritten() {
        throw new IllegalStateException("A plain secret is never serialized");
    }

    @Override
    public String toString() {
        return "PlainSecret[…]";
    }
}
