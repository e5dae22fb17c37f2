package build.leash.app.dashboard.oidc;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the pages for those who are not signed in show of single sign-on. */
@ControllerAdvice("build.leash.app.dashboard.signin")
class SignOnAdvice {

    private final OidcSettings settings;

    SignOnAdvice(OidcSettings settings) {
        this.settings = settings;
    }

    /** The provider's name; null without one. */
    @ModelAttribute("signOnWith")
    @Nullable
    String signOnWith() {
        return settings.isConfigured() ? settings.name() : null;
    }

    @ModelAttribute("signOnProblem")
    @Nullable
    String problem(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter("problem")).flatMap(SignOnProblem::of)
                .map(SignOnProblem::sentence).orElse(null);
    }
}
