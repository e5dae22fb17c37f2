package build.leash.app.dashboard.signin;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.People;
import build.leash.access.api.PlainToken;
import build.leash.access.api.Sessions;
import build.leash.app.dashboard.page.Form;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in and out. One message and one duration for everything that can be wrong. */
@Controller
class SignInController {

    private final People people;
    private final Sessions sessions;
    private final SessionStart start;
    private final Attempts attempts;

    SignInController(People people, Sessions sessions, SessionStart start, Attempts attempts) {
        this.people = people;
        this.sessions = sessions;
        this.start = start;
        this.attempts = attempts;
    }

    @GetMapping("/dashboard/sign-in")
    String form(HttpServletRequest request, Model model, @RequestParam(required = false) @Nullable String next,
            @RequestParam(required = false) @Nullable String expired) {
        if (SignedIn.of(request).isPresent()) {
            return "redirect:" + Destination.of(next);
        }
        String error = expired != null ? "The page was open for too long. Please sign in again." : null;
        return shown(model, "", next, error);
    }

    @PostMapping("/dashboard/sign-in")
    String signIn(HttpServletRequest request, HttpServletResponse response, Form form, Model model) {
        String email = form.text("email");
        String address = request.getRemoteAddr();
        String account = email.toLowerCase(Locale.ROOT).strip();
        if (!attempts.begin(account, address)) {
            response.setStatus(429);
            return shown(model, email, form.text("next"), "Too many attempts. Wait a few minutes, then try again.");
        }
        Optional<PlainToken> session = people.signIn(addressOrNobodys(email), form.secret("password"));
        if (session.isEmpty()) {
            response.setStatus(422);
            return shown(model, email, form.text("next"), "E-mail address or password is wrong.");
        }
        attempts.succeeded(account, address);
        start.begin(session.get(), request, response);
        return "redirect:" + Destination.of(form.text("next"));
    }

    @PostMapping("/dashboard/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        SignedIn.of(request).ifPresent(signedIn -> sessions.end(signedIn.token()));
        SessionCookie.SESSION.remove(request, response);
        return "redirect:" + Refusals.SIGN_IN;
    }

    @PostMapping("/dashboard/sign-out-everywhere")
    String signOutEverywhere(HttpServletRequest request, HttpServletResponse response) {
        SignedIn.of(request).ifPresent(signedIn -> sessions.endAll(signedIn.session().person().id()));
        SessionCookie.SESSION.remove(request, response);
        return "redirect:" + Refusals.SIGN_IN;
    }

    /** What is no address is nobody's, and takes as long to turn down. */
    private static EmailAddress addressOrNobodys(String email) {
        try {
            return new EmailAddress(email.strip());
        } catch (InvalidValue e) {
            return new EmailAddress("nobody@invalid.");
        }
    }

    private static String shown(Model model, String email, @Nullable String next, @Nullable String error) {
        model.addAttribute("email", email).addAttribute("next", next).addAttribute("error", error);
        return "sign-in";
    }
}
