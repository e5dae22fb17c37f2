package build.leash.app.dashboard.plan;

import build.leash.access.api.Caller;
import build.leash.access.api.Permission;
import build.leash.billing.api.Feature;
import build.leash.billing.api.Plan;
import build.leash.billing.api.SubscriptionView;
import build.leash.billing.api.Subscriptions;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the card for the plan shows. */
@Component
public final class PlanCard {

    private final Subscriptions subscriptions;

    PlanCard(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** A plan to choose. */
    public record Offer(String name, boolean customMcpServers, boolean current) {}

    public void addTo(Model model, Caller caller) {
        SubscriptionView subscription = subscriptions.get(caller);
        List<Offer> offers = Arrays.stream(Plan.values()).map(plan -> new Offer(plan.toString(),
                plan.includes(Feature.CUSTOM_MCP_SERVERS), plan == subscription.plan())).toList();
        model.addAttribute("subscription", subscription).addAttribute("offers", offers).addAttribute("mayChangePlan",
                caller.role().may(Permission.CHANGE_PLAN));
    }
}
