package build.leash.app.dashboard.signin;

import build.leash.access.api.InvalidValue;
import build.leash.access.api.People;
import build.leash.access.api.Person;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.PlainToken;
import build.leash.app.dashboard.page.Form;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** A new password: asked for at the first sign-in, or chosen at any time. Ends all sessions but begins one here. */
@Controller
class PasswordController {

    private final People people;
    private final Attempts attempts;

    PasswordController(People people, Attempts attempts) {
        this.people = people;
        this.attempts = attempts;
    }

    @GetMapping(Refusals.PASSWORD)
    String form(Model model) {
        model.addAttribute("errors", Map.of());
        return "password";
    }

    @PostMapping(Refusals.PASSWORD)
    String change(HttpServletRequest request, HttpServletResponse response, Form form, Model model) {
        Person person = SignedIn.of(request).orElseThrow().session().person();
        Map<String, String> errors = new LinkedHashMap<>();
        if (!form.secret("password").equals(form.secret("repeated"))) {
            errors.put("repeated", "The two passwords differ.");
        }
        if (form.secret("password").equals(form.secret("current"))) {
            errors.put("password", "Choose another password than the current one.");
        }
        try {
            PlainPassword next = new PlainPassword(form.secret("password"));
            if (errors.isEmpty()) {
                change(request, person, form.secret("current"), next, errors)
                        .ifPresent(session -> SessionCookie.SESSION.write(request, response, session));
            }
        } catch (InvalidValue e) {
            errors.put("password", e.whatIsAllowed());
        }
        if (!errors.isEmpty()) {
            response.setStatus(422);
            model.addAttribute("errors", errors);
            return "password";
        }
        return "redirect:" + Destination.HOME;
    }

    /** The session that goes on; none if there is an error more. */
    private Optional<PlainToken> change(HttpServletRequest request, Person person, String current, PlainPassword next,
            Map<String, String> errors) {
        String account = person.email().value();
        if (!attempts.begin(account, request.getRemoteAddr())) {
            errors.put("current", "Too many attempts. Wait a few minutes, then try again.");
            return Optional.empty();
        }
        Optional<PlainToken> session = people.changePassword(person.id(), current, next);
        if (session.isPresent()) {
            attempts.succeeded(account, request.getRemoteAddr());
        } else {
            errors.put("current", "The current password is wrong.");
        }
        return session;
    }
}
