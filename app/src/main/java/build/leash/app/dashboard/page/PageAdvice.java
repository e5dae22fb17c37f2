package build.leash.app.dashboard.page;

import build.leash.access.api.Membership;
import build.leash.access.api.Permission;
import build.leash.access.api.Sessions.Session;
import build.leash.app.dashboard.signin.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** What the frame of every page shows: who is signed in, for which organization, and the token that its forms carry. */
@ControllerAdvice("build.leash.app.dashboard")
class PageAdvice {

    private final Assets assets;

    PageAdvice(ResourceUrlProvider urls) {
        this.assets = new Assets(urls);
    }

    /**
     * Somebody who is signed in.
     *
     * @param organization the name of the current one; null for somebody who belongs to none
     */
    public record Me(String email, @Nullable String organization, @Nullable String organizationId, String role,
            List<Membership> memberships, boolean readsAuditLog, boolean mustChangePassword) {

        static Me of(Session session) {
            Membership current = session.current();
            return new Me(session.person().email().value(), current == null ? null : current.name(),
                    current == null ? null : current.organization().toString(),
                    current == null ? "" : current.role().toString(), session.memberships(),
                    current != null && current.role().may(Permission.READ_AUDIT_LOG),
                    session.person().mustChangePassword());
        }
    }

    @ModelAttribute("assets")
    Assets assets() {
        return assets;
    }

    @ModelAttribute("times")
    Times times() {
        return new Times();
    }

    @ModelAttribute("me")
    @Nullable
    Me me(HttpServletRequest request) {
        return SignedIn.of(request).map(signedIn -> Me.of(signedIn.session())).orElse(null);
    }

    @ModelAttribute("csrf")
    String csrf(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token.getToken() : "";
    }
}
