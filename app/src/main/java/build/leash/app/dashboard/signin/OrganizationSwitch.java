package build.leash.app.dashboard.signin;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.access.api.Person;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.Sessions;
import build.leash.access.api.Writes;
import build.leash.app.dashboard.page.Form;
import build.leash.app.web.RequestId;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Subscriptions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Going from one of a person's organizations to another, and founding a further one. */
@Controller
class OrganizationSwitch {

    private final Sessions sessions;
    private final Organizations organizations;
    private final Subscriptions subscriptions;
    private final Writes writes;

    OrganizationSwitch(Sessions sessions, Organizations organizations, Subscriptions subscriptions, Writes writes) {
        this.sessions = sessions;
        this.organizations = organizations;
        this.subscriptions = subscriptions;
        this.writes = writes;
    }

    @PostMapping("/dashboard/switch")
    String switchTo(HttpServletRequest request, Form form) {
        sessions.moveTo(SignedIn.of(request).orElseThrow().token(), parsed(form.text("organization")));
        return "redirect:" + Destination.HOME;
    }

    @GetMapping("/dashboard/organizations/new")
    String form(Model model) {
        model.addAttribute("name", "").addAttribute("error", null);
        return "new-organization";
    }

    @PostMapping("/dashboard/organizations/new")
    String found(HttpServletRequest request, HttpServletResponse response, Form form, Model model) {
        SignedIn signedIn = SignedIn.of(request).orElseThrow();
        try {
            OrganizationId organization = founded(signedIn.session().person(), DisplayName.of(form.text("name")),
                    RequestId.of(request));
            sessions.moveTo(signedIn.token(), organization);
            return "redirect:" + Destination.HOME;
        } catch (InvalidValue e) {
            return again(response, form, model, e.whatIsAllowed());
        } catch (Rejected e) {
            if (e.rejection() != AccessRejection.LIMIT_REACHED) {
                throw e;
            }
            return again(response, form, model, e.sentence());
        }
    }

    private static String again(HttpServletResponse response, Form form, Model model, String error) {
        response.setStatus(422);
        model.addAttribute("name", form.text("name")).addAttribute("error", error);
        return "new-organization";
    }

    private OrganizationId founded(Person founder, DisplayName name, String requestId) {
        Caller caller = new Caller(OrganizationId.random(), Actor.person(founder.id()), Role.OWNER, requestId);
        return writes.inTransaction(() -> {
            organizations.found(caller, name, founder.id());
            subscriptions.start(caller, Plan.STARTER);
            return caller.organization();
        });
    }

    private static OrganizationId parsed(String id) {
        try {
            return OrganizationId.of(id);
        } catch (IllegalArgumentException e) {
            throw new Rejected(AccessRejection.FORBIDDEN, "You are not a member of this organization.");
        }
    }
}
