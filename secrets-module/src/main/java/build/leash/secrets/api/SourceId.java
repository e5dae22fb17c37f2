package build.leash.secrets.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a secret source from the day it is added to the day it is removed. */
public record SourceId(UUID value) {

    /** A new, random id (RFC 9562, version 4). */
    public static SourceId random() {
        return new SourceId(UUID.randomUUID());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException if it is no UUID
     */
    @JsonCreator
    public static SourceId of(String text) {
        return new SourceId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
