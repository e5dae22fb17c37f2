package build.leash.config.api;

import build.leash.registry.api.ServerVersion;
import build.leash.registry.api.Transport;
import java.util.Map;

/** The answer to an app that asked for an MCP server. */
public sealed interface HandOff {

    ServerVersion version();

    /** The app has this version already; nothing was opened. */
    record Unchanged(ServerVersion version) implements HandOff {}

    /**
     * All that a client needs to connect.
     *
     * @param headers with every secret in plain; empty for a server that wants none
     */
    record Endpoint(ServerVersion version, String slug, String displayName, String url, Transport transport,
            Map<String, String> headers) implements HandOff {

        @Override
        public String toString() {
            return "Endpoint[" + version + "]";
        }
    }
}
