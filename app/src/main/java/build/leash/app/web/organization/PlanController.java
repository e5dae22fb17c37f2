package build.leash.app.web.organization;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.Caller;
import build.leash.app.web.RequestFields;
import build.leash.billing.api.Feature;
import build.leash.billing.api.Plan;
import build.leash.billing.api.SubscriptionView;
import build.leash.billing.api.Subscriptions;
import java.time.Instant;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/organization/plan}. */
@RestController
@RequestMapping("/api/organization/plan")
class PlanController {

    private final Subscriptions subscriptions;

    PlanController(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    record PlanJson(Plan plan, Instant since, boolean customMcpServers) {

        static PlanJson of(SubscriptionView subscription) {
            return new PlanJson(subscription.plan(), subscription.since(),
                    subscription.plan().includes(Feature.CUSTOM_MCP_SERVERS));
        }
    }

    @GetMapping
    ResponseEntity<PlanJson> get(Caller caller) {
        return shown(subscriptions.get(caller));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PlanJson> change(Caller caller, RequestFields body) {
        Plan plan = body.required("plan", Plan::of);
        return shown(subscriptions.change(caller, body.build(() -> requireNonNull(plan))));
    }

    private static ResponseEntity<PlanJson> shown(SubscriptionView subscription) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(PlanJson.of(subscription));
    }
}
