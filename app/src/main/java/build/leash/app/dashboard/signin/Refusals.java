package build.leash.app.dashboard.signin;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Rejected;
import build.leash.app.web.error.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/**
 * Where a request goes that may not pass: to the sign-in page, to the page for a new password, or, if it lacks its CSRF
 * token, back with the advice to load the page again. Scripts get a status in place of a page.
 */
@Component
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    static final String SIGN_IN = "/dashboard/sign-in";
    static final String PASSWORD = "/dashboard/password";
    private static final String SIGN_OUT = "/dashboard/sign-out";

    private final ProblemWriter problems;

    Refusals(ProblemWriter problems) {
        this.problems = problems;
    }

    /** Whether the request comes from somebody who is signed in and has nothing to do before anything else. */
    boolean mayPass(HttpServletRequest request) {
        String path = request.getRequestURI();
        return SignedIn.of(request).map(signedIn -> !signedIn.session().person().mustChangePassword()
                || path.equals(PASSWORD) || path.equals(SIGN_OUT)).orElse(false);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        send(request, response, SignedIn.of(request).isPresent() ? PASSWORD : signInAndReturn(request));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        if (request.getRequestURI().startsWith("/api/")) {
            problems.write(request, response, new Rejected(AccessRejection.FORBIDDEN,
                    "The request lacks the session's CSRF token. Send it in the header " + SessionCsrfTokens.HEADER
                            + "."));
        } else if (SignedIn.of(request).isEmpty()) {
            send(request, response, SIGN_IN + "?expired");
        } else {
            outOfDate(response);
        }
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, String target)
            throws IOException {
        if (request.getHeader("HX-Request") != null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("HX-Redirect", target);
        } else if (MediaType.TEXT_EVENT_STREAM_VALUE.equals(request.getHeader("Accept"))) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", target);
        }
    }

    private static void outOfDate(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write("This page is out of date. Nothing was changed. Load it again and try once more.");
    }

    private static String signInAndReturn(HttpServletRequest request) {
        boolean page = request.getMethod().equals("GET") && request.getHeader("HX-Request") == null;
        return page
                ? SIGN_IN + "?next=" + URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8)
                : SIGN_IN;
    }
}
