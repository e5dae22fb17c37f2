package build.leash.config.lookup;

import build.leash.registry.api.McpServerId;
import build.leash.registry.api.ServerVersion;
import build.leash.registry.api.StaticHeader;
import build.leash.registry.api.Transport;
import build.leash.secrets.api.SecretRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An endpoint as the read model has it: with references to its secrets. */
record StoredEndpoint(McpServerId serverId, long version, String slug, String displayName, String url,
        Transport transport, @Nullable SecretRef bearer, List<StaticHeader> headers) {

    ServerVersion serverVersion() {
        return new ServerVersion(serverId, version);
    }
}
