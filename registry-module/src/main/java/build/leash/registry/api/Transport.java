package build.leash.registry.api;

import build.leash.access.api.InvalidValue;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** How a client speaks to the server (Model Context Protocol, "Transports"). */
public enum Transport {

    STREAMABLE_HTTP("streamable-http"),
    /** HTTP with server-sent events, the protocol's first remote transport. */
    SSE("sse");

    private final String wireName;

    Transport(String wireName) {
        this.wireName = wireName;
    }

    /**
     * The transport with this name, as written on the wire.
     *
     * @throws InvalidValue if there is none
     */
    @JsonCreator
    public static Transport of(String wireName) {
        return Arrays.stream(values()).filter(transport -> transport.wireName.equals(wireName)).findFirst()
                .orElseThrow(() -> new InvalidValue("A transport is one of streamable-http, sse."));
    }

    @JsonValue
    @Override
    public String toString() {
        return wireName;
    }
}
