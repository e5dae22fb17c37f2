package build.leash.secrets.api;

import build.leash.access.api.Rejection;

/** Why this module turns a call down. */
public enum SecretsRejection implements Rejection {
    /** The organization's secrets cannot be sealed or opened just now. */
    SECRETS_UNAVAILABLE,
    /** The organization's secrets were destroyed on its owner's demand: nothing of it is ever sealed again. */
    ORGANIZATION_SHREDDED
}
