package build.leash.access.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a person who signs in. Events carry this id, never the person's name or address. */
public record PersonId(UUID value) {

    /** A new, random id (RFC 9562, version 4). */
    public static PersonId random() {
        return new PersonId(UUID.randomUUID());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException if it is no UUID
     */
    @JsonCreator
    public static PersonId of(String text) {
        return new PersonId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
