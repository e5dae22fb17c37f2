package build.leash.app.dashboard.signin;

import build.leash.access.api.PlainToken;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * A cookie that carries a token: out of reach of scripts, not sent along by other sites' requests that change
 * something, and behind TLS only ever sent over TLS and bound to the host (RFC 6265bis, section 4.1.3.2).
 */
public enum SessionCookie {

    SESSION("leash_session"),
    /** For a browser that is not signed in; a session brings its own. */
    CSRF("leash_csrf"),
    /** For a browser that is on its way to the identity provider and back. */
    SIGN_ON("leash_sign_on");

    private final String name;

    SessionCookie(String name) {
        this.name = name;
    }

    Optional<PlainToken> read(HttpServletRequest request) {
        return readText(request).flatMap(PlainToken::parse);
    }

    public Optional<String> readText(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, name(request))).map(Cookie::getValue);
    }

    /** Until the browser ends its session; how long it is good for is known where it is stored. */
    void write(HttpServletRequest request, HttpServletResponse response, PlainToken token) {
        writeText(request, response, token.reveal());
    }

    /** @param text of characters that a cookie may have (RFC 6265, section 4.1.1) */
    public void writeText(HttpServletRequest request, HttpServletResponse response, String text) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie(request, text).build().toString());
    }

    public void remove(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE,
                cookie(request, "").maxAge(Duration.ZERO).build().toString());
    }

    private ResponseCookie.ResponseCookieBuilder cookie(HttpServletRequest request, String value) {
        return ResponseCookie.from(name(request), value).path("/").httpOnly(true).secure(request.isSecure())
                .sameSite("Lax");
    }

    private String name(HttpServletRequest request) {
        return request.isSecure() ? "__Host-" + name : name;
    }
}
