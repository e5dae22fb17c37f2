package build.leash.access.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies an organization, the tenant to which everything in the house belongs. */
public record OrganizationId(UUID value) {

    /** A new, random id (RFC 9562, version 4). */
    public static OrganizationId random() {
        return new OrganizationId(UUID.randomUUID());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException if it is no UUID
     */
    @JsonCreator
    public static OrganizationId of(String text) {
        return new OrganizationId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
