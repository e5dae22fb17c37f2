package build.leash.secrets.kms;

/** What a version of a KEK can be used for. */
public enum KeyState {
    /** Wraps (if it is the primary one) and unwraps. */
    ENABLED,
    /** Neither, until it is enabled again. */
    DISABLED,
    /** Neither; a person with the right can still call it back. */
    DESTRUCTION_SCHEDULED,
    /** Neither, for ever. */
    DESTROYED,
    /** Neither just now: being made, or failed to be. */
    OTHER
}
