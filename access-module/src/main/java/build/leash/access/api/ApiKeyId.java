package build.leash.access.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies an API key. Public: it names the key in lists and in the event log, and opens nothing. */
public record ApiKeyId(UUID value) {

    /** A new, random id (RFC 9562, version 4). */
    public static ApiKeyId random() {
        return new ApiKeyId(UUID.randomUUID());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException if it is no UUID
     */
    @JsonCreator
    public static ApiKeyId of(String text) {
        return new ApiKeyId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
