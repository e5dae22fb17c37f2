package build.leash.secrets.api;

import build.leash.access.api.Rejection;

/** Why this module turns a call down. */
public enum SecretsRejection implements Rejection {
    /** The organization's secrets cannot be sealed or opened just now. */
    SECRETS_UNAVAILABLE,
    /** The organization's secrets were destroyed on its owner's demand: nothing of it is ever sealed again. */
    ORGANIZATION_SHREDDED,
    /** What is asked for cannot be the name of an env value. */
    INVALID_KEY,
    /** The app's manifest does not name the key. */
    KEY_NOT_DECLARED,
    /** No source that the app may read holds the key. */
    KEY_NOT_FOUND,
    /** The source that holds the key, or might, gives no answer. */
    SOURCE_UNREACHABLE,
    /** No such app in this organization. */
    UNKNOWN_APP,
    /** The organization has an app of this name. */
    APP_TAKEN,
    /** No such source in this organization. */
    UNKNOWN_SOURCE,
    /** The organization has a source of this name. */
    SOURCE_TAKEN,
    /** Values of an external source are changed where they are kept, and those of a native one are not synced. */
    WRONG_KIND_OF_SOURCE,
    /** The organization is told nowhere about its sources. */
    UNKNOWN_NOTIFICATIONS,
    /** The value never had this version, or it is kept no longer. */
    UNKNOWN_VERSION,
    /** The source or value has another version than the caller wanted to change: somebody was faster. */
    VERSION_CONFLICT
}
