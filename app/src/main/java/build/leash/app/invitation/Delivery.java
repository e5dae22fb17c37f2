package build.leash.app.invitation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of an invitation's mail. */
public enum Delivery {
    /** The SMTP server took it. */
    MAILED,
    /** The SMTP server did not take it; the link has to be passed on by hand. */
    FAILED,
    /** It is sent when the transaction that is under way has been committed. What becomes of it is told by the log alone. */
    SENDING,
    /** No SMTP server is configured, or not where people reach this installation. */
    NOT_CONFIGURED;

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
