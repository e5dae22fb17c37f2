package build.leash.app.web;

/** The filters, from the outermost to the innermost. */
public final class FilterOrder {

    /** Before all others, Boot's included: hand-offs need none of them. */
    public static final int HAND_OFF = Integer.MIN_VALUE;
    public static final int REQUEST_ID = -400;
    public static final int BODY = -300;
    /** Sessions of people, their CSRF tokens, and the headers of pages. */
    public static final int SECURITY = -250;
    public static final int MANAGEMENT_KEY = -200;
    public static final int IDEMPOTENCY = -100;

    private FilterOrder() {}
}
