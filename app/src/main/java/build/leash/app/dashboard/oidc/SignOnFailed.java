package build.leash.app.dashboard.oidc;

/** Nobody was identified. Its cause stays behind: it can quote what the provider sent. */
final class SignOnFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final SignOnProblem problem;

    /** @param reason for the log, in words of our own */
    SignOnFailed(SignOnProblem problem, String reason) {
        super(reason, null, false, false);
        this.problem = problem;
    }

    SignOnProblem problem() {
        return problem;
    }
}
