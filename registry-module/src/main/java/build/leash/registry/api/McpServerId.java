package build.leash.registry.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies an MCP server from its registration to its revocation; a slug registered again gets a new id. */
public record McpServerId(UUID value) {

    /** A new, random id (RFC 9562, version 4). */
    public static McpServerId random() {
        return new McpServerId(UUID.randomUUID());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException if it is no UUID
     */
    @JsonCreator
    public static McpServerId of(String text) {
        return new McpServerId(UUID.fromString(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
