package build.leash.sdk;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to connect an MCP client with. Does not print the values of its headers, which are secret.
 *
 * @param url as it was registered
 * @param headers for every request to the server, in the platform's order; empty if it wants none
 * @param version grows by one with every change of URL, headers or bearer
 */
public record McpConfig(String slug, String displayName, String url, Map<String, String> headers, Transport transport,
        long version) {

    public McpConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** How the server speaks. */
    public enum Transport {
        STREAMABLE_HTTP, SSE
    }

    @Override
    public String toString() {
        return "McpConfig[slug=" + slug + ", url=" + url + ", headers=" + headers.keySet() + ", transport=" + transport
                + ", version=" + version + "]";
    }
}
