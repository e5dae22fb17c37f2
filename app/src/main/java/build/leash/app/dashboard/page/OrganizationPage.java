package build.leash.app.dashboard.page;

import build.leash.access.api.Caller;
import build.leash.app.dashboard.activity.Activity;
import build.leash.app.dashboard.keys.KeysCard;
import build.leash.app.dashboard.members.MembersCard;
import build.leash.app.dashboard.plan.PlanCard;
import build.leash.app.dashboard.servers.ServersCard;
import build.leash.app.web.CurrentCaller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /dashboard/organization}: all cards at once. */
@Controller
class OrganizationPage {

    private final ServersCard servers;
    private final KeysCard keys;
    private final MembersCard members;
    private final PlanCard plan;
    private final Activity activity;

    OrganizationPage(ServersCard servers, KeysCard keys, MembersCard members, PlanCard plan, Activity activity) {
        this.servers = servers;
        this.keys = keys;
        this.members = members;
        this.plan = plan;
        this.activity = activity;
    }

    @GetMapping("/dashboard/organization")
    String show(HttpServletRequest request, Model model, @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String after) {
        Optional<Caller> caller = CurrentCaller.of(request);
        if (caller.isEmpty()) {
            return "no-organization";
        }
        servers.addTo(model, caller.get(), q, after);
        keys.addTo(model, caller.get(), null);
        members.addTo(model, caller.get());
        plan.addTo(model, caller.get());
        model.addAttribute("happenings", activity.recent(caller.get()));
        return "organization";
    }

    @GetMapping("/dashboard/organization/activity")
    String activity(Caller caller, Model model) {
        model.addAttribute("happenings", activity.recent(caller));
        return "fragments/activity :: list";
    }
}
