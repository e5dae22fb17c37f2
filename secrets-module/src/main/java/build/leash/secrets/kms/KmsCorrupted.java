package build.leash.secrets.kms;

import java.util.Locale;

/** What went to the service or came back is not what it should be. */
public final class KmsCorrupted extends KmsException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Reason {
        /** A CRC32C does not match, or the service did not verify the one it was sent. */
        CHECKSUM,
        /** The answer is about another key or version. */
        WRONG_KEY,
        /** Ciphertext or AAD are not those that were wrapped under this key. */
        NOT_AUTHENTIC
    }

    private final Reason reason;

    public KmsCorrupted(Reason reason, String message) {
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
        return reason != Reason.NOT_AUTHENTIC;
    }

    /** Bits also flip on the way, and then the next try succeeds; a forgery fails each time. */
    @Override
    public boolean isWorthRepeating() {
        return true;
    }
}
