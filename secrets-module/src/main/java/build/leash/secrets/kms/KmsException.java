package build.leash.secrets.kms;

/**
 * The key management service did not do what it was asked. The type says why; the message names keys, never key
 * material, and repeats nothing that the service answered.
 */
public abstract sealed class KmsException extends RuntimeException permits KmsRefused, KmsUnreachable, KmsCorrupted {

    private static final long serialVersionUID = 1L;

    KmsException(String message) {
        super(message);
    }

    /** Why, in lower case and out of a small closed set: fit for a metric's tag. */
    public abstract String kind();

    /** Whether it says nothing about the key: no answer came, or none that can be believed. */
    public abstract boolean knowsNothing();

    /** Whether the same call may well succeed a moment later, so that it is worth repeating at once. */
    public abstract boolean isWorthRepeating();
}
