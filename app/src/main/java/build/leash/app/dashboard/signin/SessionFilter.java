package build.leash.app.dashboard.signin;

import build.leash.access.api.Caller;
import build.leash.access.api.Sessions;
import build.leash.app.dashboard.page.Assets;
import build.leash.app.web.CurrentCaller;
import build.leash.app.web.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says who is behind a request, read afresh each time, so that a role that changed or a member who was removed counts
 * at once. Whoever must change the password is nobody's caller until then. A request with an API key is the key's.
 */
final class SessionFilter extends OncePerRequestFilter {

    /** The organization that the page shows which sends the request. */
    static final String ORGANIZATION = "X-Organization";

    private final Sessions sessions;

    SessionFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader("X-API-Key") != null || request.getRequestURI().startsWith(Assets.PATH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SessionCookie.SESSION.read(request)
                .flatMap(token -> sessions.find(token).map(session -> new SignedIn(session, token)))
                .ifPresent(signedIn -> letIn(signedIn, request));
        chain.doFilter(request, response);
    }

    private static void letIn(SignedIn signedIn, HttpServletRequest request) {
        signedIn.attachTo(request);
        if (!signedIn.session().person().mustChangePassword()) {
            signedIn.session().as(RequestId.of(request)).filter(caller -> isForThePageThatAsks(caller, request))
                    .ifPresent(caller -> CurrentCaller.set(request, caller));
        }
    }

    /** A page of one organization changes nothing in the other that was switched to in another window. */
    private static boolean isForThePageThatAsks(Caller caller, HttpServletRequest request) {
        String organization = request.getHeader(ORGANIZATION);
        return organization == null || organization.equals(caller.organization().toString());
    }
}
