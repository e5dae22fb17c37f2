package build.leash.app.dashboard.plan;

import build.leash.access.api.Caller;
import build.leash.access.api.Permission;
import build.leash.app.dashboard.live.Topic;
import build.leash.app.dashboard.page.Form;
import build.leash.app.dashboard.page.Outcome;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Subscriptions;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The plan: what it is, and moving to another one. */
@Controller
@RequestMapping("/dashboard/organization/plan")
class PlanPages {

    private final Subscriptions subscriptions;
    private final PlanCard card;

    PlanPages(Subscriptions subscriptions, PlanCard card) {
        this.subscriptions = subscriptions;
        this.card = card;
    }

    @GetMapping
    String show(Caller caller, Model model) {
        card.addTo(model, caller);
        return "fragments/plan :: current";
    }

    @GetMapping("/change")
    String form(Caller caller, Model model) {
        caller.mustBeAllowedTo(Permission.CHANGE_PLAN);
        card.addTo(model, caller);
        return "fragments/plan :: change";
    }

    @PostMapping("/change")
    void change(HttpServletResponse response, Caller caller, Form form) {
        Plan plan = subscriptions.change(caller, Plan.of(form.text("plan"))).plan();
        Outcome.done(response, "The organization is on the plan " + plan + " now.", Topic.PLAN, Topic.SERVERS,
                Topic.ACTIVITY);
    }
}
