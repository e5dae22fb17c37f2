package build.leash.app.dashboard.oidc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why somebody comes back from the identity provider without a session, in words. */
enum SignOnProblem {

    CANCELLED("You did not finish signing in."),
    EXPIRED("Signing in took too long, or was begun in another browser. Please try again."),
    FAILED("Signing in did not work. Please try again; if it stays like that, tell the operator of Leash."),
    UNAVAILABLE("The identity provider cannot be reached just now. Try again in a moment, or use your password."),
    UNVERIFIED("Your identity provider has not verified your e-mail address. Verify it there, then try again."),
    UNKNOWN("Nobody with your e-mail address is a member of an organization. Ask an owner for an invitation.");

    private final String sentence;

    SignOnProblem(String sentence) {
        this.sentence = sentence;
    }

    static Optional<SignOnProblem> of(String code) {
        return Arrays.stream(values()).filter(problem -> problem.code().equals(code)).findFirst();
    }

    /** As the address of the sign-in page carries it. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sentence() {
        return sentence;
    }
}
