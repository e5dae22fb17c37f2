package build.leash.secrets.kms;

import java.util.Locale;

/** The service answered, and the answer is no. Nothing that was unwrapped with this key before may be used any more. */
public final class KmsRefused extends KmsException {

    private static final long serialVersionUID = 1L;

    /** What the service has against it. */
    public enum Reason {
        /** The key's version is disabled, destroyed, or scheduled for destruction. */
        NOT_USABLE,
        /** Whoever owns the key does not allow its use. */
        PERMISSION_DENIED,
        /** There is no such key, key ring or provider. */
        NOT_FOUND,
        /** The key or its name is not of a kind that can wrap data keys. */
        UNSUITABLE
    }

    private final Reason reason;

    public KmsRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String kind() {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean knowsNothing() {
        return false;
    }

    @Override
    public boolean isWorthRepeating() {
        return false;
    }
}
