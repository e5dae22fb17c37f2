package build.leash.secrets.sealing;

import java.util.Locale;

/** Something stored is not what was sealed. Either it was tampered with, or this is a fault: somebody should look. */
final class DoesNotOpen extends RuntimeException {

    private static final long serialVersionUID = 1L;

    enum Reason {
        /** The reference points nowhere in this organization. */
        NO_SUCH_SECRET,
        /** The data key beside the ciphertext is not one of this organization. */
        NO_SUCH_DATA_KEY,
        /** Not the ciphertext that was sealed in this place and version. */
        SECRET_NOT_AUTHENTIC,
        /** Everything of the organization was destroyed, on its owner's demand. */
        SHREDDED
    }

    private final Reason reason;

    DoesNotOpen(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    String kind() {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
