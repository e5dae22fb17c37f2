package build.leash.access.api;

/** The things that a role allows, asked for by {@link Caller#mustBeAllowedTo}. */
public enum Permission {
    READ,
    CHANGE_SERVERS,
    CHANGE_SOURCES,
    MANAGE_API_KEYS,
    MANAGE_MEMBERS,
    CHANGE_PLAN,
    MANAGE_ENCRYPTION_KEY,
    READ_AUDIT_LOG,
    REPLACE_READ_MODELS
}
