package build.leash.app.dashboard.signin;

import build.leash.access.api.PersonId;
import build.leash.access.api.PlainToken;
import build.leash.access.api.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/** Opens the session of somebody who was recognized, however: a new one, whatever the browser brought along. */
@Component
public final class SessionStart {

    private final Sessions sessions;

    SessionStart(Sessions sessions) {
        this.sessions = sessions;
    }

    /** The new session, which the answer gives to the browser. An earlier one of the browser ends. */
    public PlainToken begin(PersonId person, HttpServletRequest request, HttpServletResponse response) {
        SignedIn.of(request).ifPresent(earlier -> sessions.end(earlier.token()));
        PlainToken session = sessions.open(person);
        SessionCookie.SESSION.write(request, response, session);
        SessionCookie.CSRF.remove(request, response);
        return session;
    }
}
