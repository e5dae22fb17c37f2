package build.leash.secrets.kms;

import java.util.Locale;

/** The service gave no answer: nothing is known about the key, and what was unwrapped before is as good as it was. */
public final class KmsUnreachable extends KmsException {

    private static final long serialVersionUID = 1L;

    /** What stands between here and the service. */
    public enum Reason {
        /** No connection, or the service says that it cannot serve just now. */
        UNAVAILABLE,
        /** No answer within the deadline. */
        TIMED_OUT,
        /** The service fails in a way of its own. */
        FAILED,
        /** More calls than the service's quota allows. */
        QUOTA_EXCEEDED,
        /** Our own credentials were not accepted, or could not be had. */
        NOT_AUTHENTICATED,
        /** Not asked, because the latest calls all came to nothing. */
        CIRCUIT_OPEN,
        /** Not asked, because too many calls are under way already. */
        BUSY
    }

    private final Reason reason;

    public KmsUnreachable(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the service was tried at all. */
    public boolean wasTried() {
        return reason != Reason.CIRCUIT_OPEN && reason != Reason.BUSY;
    }

    @Override
    public String kind() {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean knowsNothing() {
        return true;
    }

    /** Quotas are by the minute, and credentials do not mend in milliseconds. */
    @Override
    public boolean isWorthRepeating() {
        return switch (reason) {
            case UNAVAILABLE, TIMED_OUT, FAILED -> true;
            case QUOTA_EXCEEDED, NOT_AUTHENTICATED, CIRCUIT_OPEN, BUSY -> false;
        };
    }
}
