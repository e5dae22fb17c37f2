package build.leash.registry.api;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretContext;

/** What a server's secrets are for: whoever seals one and whoever opens it name the same context. */
public final class SecretPurpose {

    private SecretPurpose() {}

    public static SecretContext bearer(OrganizationId organization, McpServerId server) {
        return new SecretContext(organization, server.toString(), "bearer");
    }

    public static SecretContext header(OrganizationId organization, McpServerId server, HeaderName name) {
        return new SecretContext(organization, server.toString(), "header:" + name.key());
    }
}
