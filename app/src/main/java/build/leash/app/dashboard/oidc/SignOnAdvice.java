package build.leash.app.dashboard.oidc;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the pages for those who are not signed in show of single sign-on. */
@ControllerAdvice("build.leash.app.dashboard.signin")
class SignOnAdvice {

    private final ObjectProvider<IdentityProvider> provider;

    SignOnAdvice(ObjectProvider<IdentityProvider> provider) {
        this.provider = provider;
    }

    /** The provider's name; null without one. */
    @ModelAttribute("signOnWith")
    @Nullable
    String signOnWith() {
        return Optional.ofNullable(provider.getIfAvailable()).map(IdentityProvider::name).orElse(null);
    }

    @ModelAttribute("signOnProblem")
    @Nullable
    String problem(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter("problem")).flatMap(SignOnProblem::of)
                .map(SignOnProblem::sentence).orElse(null);
    }
}
