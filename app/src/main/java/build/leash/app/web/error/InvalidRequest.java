package build.leash.app.web.error;

import java.util.List;

/** A request that breaks rules: all of them at once. */
public final class InvalidRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidRequest(List<Violation> violations) {
        super("The request is not valid.", null, false, false);
        this.violations = List.copyOf(violations);
    }

    public InvalidRequest(String field, String message) {
        this(List.of(new Violation(field, message)));
    }

    public List<Violation> violations() {
        return violations;
    }
}
