package build.leash.app.dashboard.signin;

import build.leash.access.api.PlainToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * CSRF tokens that need no memory: a session's follows from its own token, by a hash that only its holder can compute;
 * before there is a session, a cookie carries one.
 */
final class SessionCsrfTokens implements CsrfTokenRepository {

    static final String HEADER = "X-CSRF-Token";
    static final String FIELD = "_csrf";

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return token(PlainToken.generate().reveal());
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (token == null) {
            SessionCookie.CSRF.remove(request, response);
        } else {
            PlainToken.parse(token.getToken()).ifPresent(plain -> SessionCookie.CSRF.write(request, response, plain));
        }
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return SignedIn.of(request).map(signedIn -> ofSession(signedIn.token()))
                .or(() -> SessionCookie.CSRF.read(request).map(PlainToken::reveal)).map(SessionCsrfTokens::token)
                .orElse(null);
    }

    private static String ofSession(PlainToken session) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(session.sha256("csrf:"));
    }

    private static CsrfToken token(String value) {
        return new DefaultCsrfToken(HEADER, FIELD, value);
    }
}
