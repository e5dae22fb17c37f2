package build.leash.access.api;

/** Why this module turns a call down. */
public enum AccessRejection implements Rejection {
    /** No API key came along. */
    API_KEY_REQUIRED,
    /** The key is unknown, malformed, expired or revoked; callers cannot tell which. */
    INVALID_API_KEY,
    /** The app key is limited to other slugs. */
    NOT_ALLOWED,
    /** The role does not allow it. */
    FORBIDDEN,
    /** No such API key in this organization, or it was revoked before. */
    UNKNOWN_API_KEY,
    /** No such member in this organization. */
    UNKNOWN_MEMBER,
    /** No such invitation, or it was accepted or withdrawn, or has expired. */
    UNKNOWN_INVITATION,
    /** The person is a member already. */
    ALREADY_MEMBER,
    /** An organization keeps at least one owner. */
    LAST_OWNER,
    /** A limit of the organization is reached. */
    LIMIT_REACHED,
    /** Too much of what is costly is under way. */
    TOO_BUSY,
    /** The store takes no write just now. */
    STORAGE_UNAVAILABLE
}
