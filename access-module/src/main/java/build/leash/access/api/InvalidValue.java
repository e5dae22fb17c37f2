package build.leash.access.api;

/**
 * A value outside its type's rules. The message says what is allowed and never repeats the value, so that it can be
 * shown to the caller and logged even if the value was a secret.
 */
public final class InvalidValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String whatIsAllowed;

    public InvalidValue(String whatIsAllowed) {
        super(whatIsAllowed);
        this.whatIsAllowed = whatIsAllowed;
    }

    public String whatIsAllowed() {
        return whatIsAllowed;
    }
}
