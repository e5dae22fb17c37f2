package build.leash.secrets.outbound;

/**
 * A request to outside got no answer that could be used. Says why in one word; neither its URL nor what came back, which
 * are the customer's.
 */
public final class OutboundFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason lower case with underscores, for example {@code timeout} */
    public OutboundFailure(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
