package build.leash.app.dashboard.signin;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.InvitationView;
import build.leash.access.api.Members;
import build.leash.access.api.People;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.PlainToken;
import build.leash.access.api.Rejected;
import build.leash.access.api.Sessions;
import build.leash.app.dashboard.page.Form;
import build.leash.app.dashboard.page.Outcome;
import build.leash.app.web.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Where an invitation's link leads. Somebody who is known signs in first and then joins; somebody new chooses a
 * password. The link alone never opens the account of a person who exists.
 */
@Controller
class InvitationPages {

    private final Members members;
    private final People people;
    private final Sessions sessions;

    InvitationPages(Members members, People people, Sessions sessions) {
        this.members = members;
        this.people = people;
        this.sessions = sessions;
    }

    @GetMapping("/dashboard/invitations/{token}")
    String show(HttpServletRequest request, Model model, @PathVariable String token) {
        return shown(request, model, opened(token), token, null);
    }

    @PostMapping("/dashboard/invitations/{token}")
    String accept(HttpServletRequest request, HttpServletResponse response, Form form, Model model,
            @PathVariable String token) {
        InvitationView invitation = opened(token);
        boolean newcomer = people.find(invitation.email()).isEmpty();
        if (!newcomer && !isFor(invitation, request)) {
            throw new Rejected(AccessRejection.FORBIDDEN, "Sign in as " + invitation.email() + " to accept it.");
        }
        try {
            PlainPassword password = newcomer ? new PlainPassword(form.secret("password")) : null;
            PersonId person = members.accept(invitation.id(), password, RequestId.of(request));
            PlainToken session = SignedIn.of(request).filter(signedIn -> !newcomer).map(SignedIn::token)
                    .orElseGet(() -> sessions.open(person));
            sessions.moveTo(session, invitation.organization());
            SessionCookie.SESSION.write(request, response, session);
            return "redirect:" + Destination.HOME;
        } catch (InvalidValue e) {
            Outcome.refused(response);
            return shown(request, model, invitation, token, e.whatIsAllowed());
        }
    }

    private String shown(HttpServletRequest request, Model model, InvitationView invitation, String token,
            @Nullable String error) {
        boolean newcomer = people.find(invitation.email()).isEmpty();
        model.addAttribute("invitation", invitation).addAttribute("error", error).addAttribute("newcomer", newcomer)
                .addAttribute("forMe", isFor(invitation, request))
                .addAttribute("next", "/dashboard/invitations/" + token);
        return "invitation";
    }

    private static boolean isFor(InvitationView invitation, HttpServletRequest request) {
        return SignedIn.of(request).map(signedIn -> signedIn.session().person())
                .filter(person -> person.email().equals(invitation.email()) && !person.mustChangePassword())
                .isPresent();
    }

    private InvitationView opened(String token) {
        Optional<InvitationView> invitation = PlainToken.parse(token).flatMap(members::invitation);
        return invitation.orElseThrow(() -> new Rejected(AccessRejection.UNKNOWN_INVITATION,
                "The invitation is not valid any more."));
    }
}
