package build.leash.app.dashboard.signin;

import build.leash.access.api.PlainToken;
import build.leash.access.api.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/** Gives a browser the session of somebody who was recognized, however: a new one, whatever it brought along. */
@Component
public final class SessionStart {

    private final Sessions sessions;

    SessionStart(Sessions sessions) {
        this.sessions = sessions;
    }

    /** @param session just opened; an earlier one of the browser ends */
    public void begin(PlainToken session, HttpServletRequest request, HttpServletResponse response) {
        SignedIn.of(request).ifPresent(earlier -> sessions.end(earlier.token()));
        SessionCookie.SESSION.write(request, response, session);
        SessionCookie.CSRF.remove(request, response);
    }
}
