package build.leash.access.api;

import java.util.Map;

/**
 * A call that was understood and turned down, with nothing changed. The message is one sentence for the caller; like
 * every message of the house it names no secret. Has no stack trace: it is an answer, not a fault.
 */
public final class Rejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;
    private final String sentence;
    private final transient Map<String, Object> members;

    public Rejected(Rejection rejection, String message) {
        this(rejection, message, Map.of());
    }

    /** @param members further members of the problem document (RFC 9457, section 3.2) */
    public Rejected(Rejection rejection, String message, Map<String, Object> members) {
        super(message, null, false, false);
        this.rejection = rejection;
        this.sentence = message;
        this.members = Map.copyOf(members);
    }

    /** What to tell the caller, the same as the message. */
    public String sentence() {
        return sentence;
    }

    public Rejection rejection() {
        return rejection;
    }

    public Map<String, Object> members() {
        return members;
    }
}
