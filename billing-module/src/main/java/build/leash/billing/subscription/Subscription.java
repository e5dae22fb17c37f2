package build.leash.billing.subscription;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import build.leash.billing.api.Plan;
import build.leash.billing.api.event.PlanChanged;
import build.leash.billing.api.event.SubscriptionStarted;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;

/** An organization's subscription to a plan. */
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class Subscription {

    @AggregateIdentifier
    private SubscriptionId id;
    private Plan plan;

    /** For Axon, which then replays the events. */
    @SuppressWarnings("NullAway.Init")
    Subscription() {}

    @CommandHandler
    @SuppressWarnings("NullAway.Init")
    Subscription(StartSubscription command) {
        apply(new SubscriptionStarted(command.id().organization(), command.plan()));
    }

    @CommandHandler
    void handle(ChangePlan command) {
        if (command.plan() != plan) {
            apply(new PlanChanged(id.organization(), plan, command.plan()));
        }
    }

    @EventSourcingHandler
    void on(SubscriptionStarted event) {
        id = new SubscriptionId(event.organizationId());
        plan = event.plan();
    }

    @EventSourcingHandler
    void on(PlanChanged event) {
        plan = event.to();
    }
}
