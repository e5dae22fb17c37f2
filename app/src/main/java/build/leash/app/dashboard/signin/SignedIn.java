package build.leash.app.dashboard.signin;

import build.leash.access.api.PlainToken;
import build.leash.access.api.Sessions.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The person behind a request, as its session says. */
public record SignedIn(Session session, PlainToken token) {

    private static final String ATTRIBUTE = SignedIn.class.getName();

    /** Who it is; nobody without a session in force. */
    public static Optional<SignedIn> of(HttpServletRequest request) {
        return Optional.ofNullable((SignedIn) request.getAttribute(ATTRIBUTE));
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
