package build.leash.sdk;

/** Everything that can go wrong, as a closed list: what the platform answers, and what happens before it is asked. */
public enum LeashErrorCode {
    /** There is no API key, or what was given for one cannot be one. */
    NO_API_KEY,
    /** A request to forward was announced, but there is none. */
    NO_REQUEST_SERVER_CONSTRUCT,
    /** This Java runs in a browser, where everybody could read the key. */
    BROWSER_MODE_UNSUPPORTED,
    /** The platform does not know the key. */
    UNAUTHORIZED,
    /** The organization's plan does not include it. */
    UPGRADE_REQUIRED,
    /** No MCP server has this slug. */
    UNKNOWN_MCP_SERVER,
    /** The key is for other things. */
    NOT_ALLOWED,
    /** No env value can be called that. */
    INVALID_KEY,
    /** The app's manifest does not name the key. */
    KEY_NOT_DECLARED,
    /** No source holds the key. */
    KEY_NOT_FOUND,
    /** The source that holds the key does not answer the platform. */
    SOURCE_UNREACHABLE,
    /** The key is used more often than it may be. */
    RATE_LIMITED,
    /** The platform cannot open the organization's secrets just now. */
    SECRETS_UNAVAILABLE,
    /** The platform's database is out of reach just now. */
    STORAGE_UNAVAILABLE,
    /** The platform is out of reach, or something else answers in its place. */
    NETWORK_ERROR
}
