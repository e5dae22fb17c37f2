package build.leash.access.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies an invitation. Public: it opens nothing, its token does. */
public record InvitationId(UUID value) {

    /** A new, random id (RFC 9562, version 4). */
    public static InvitationId random() {
        return new InvitationId(UUID.randomUUID());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException if it is no UUID
     */
    @JsonCreator
    public static InvitationId of(String text) {
        return new InvitationId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
