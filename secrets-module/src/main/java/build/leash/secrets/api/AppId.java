package build.leash.secrets.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies an app from its registration to its removal; a name registered again gets a new id. */
public record AppId(UUID value) {

    /** A new, random id (RFC 9562, version 4). */
    public static AppId random() {
        return new AppId(UUID.randomUUID());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException if it is no UUID
     */
    @JsonCreator
    public static AppId of(String text) {
        return new AppId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
