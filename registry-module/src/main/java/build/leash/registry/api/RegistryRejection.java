package build.leash.registry.api;

import build.leash.access.api.Rejection;

/** Why this module turns a call down. */
public enum RegistryRejection implements Rejection {
    /** Another server of the organization is registered under the slug. */
    SLUG_TAKEN,
    /** The slug is not registered in the caller's organization, or was revoked. */
    UNKNOWN_MCP_SERVER,
    /** The server has another version than the caller expected. */
    VERSION_CONFLICT,
    /** The server was revoked meanwhile. */
    SERVER_REVOKED
}
