package build.leash.billing.subscription;

import build.leash.access.api.Commands;
import build.leash.access.api.Reads;
import build.leash.access.api.Writes;
import build.leash.access.api.event.EventFamily;
import build.leash.access.api.event.EventSourced;
import build.leash.access.api.event.Projection;
import build.leash.billing.api.Plans;
import build.leash.billing.api.event.BillingEvent;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class SubscriptionConfiguration {

    @Bean
    EventFamily billingEvents() {
        return new EventFamily(BillingEvent.class);
    }

    @Bean
    EventSourced subscriptionAggregate() {
        return new EventSourced(Subscription.class);
    }

    @Bean
    Projection planProjection(JdbcClient jdbc) {
        return new Projection("billing.plan", new PlanProjection(jdbc), List.of(PlanProjection.REBUILD));
    }

    /** Offers {@code Subscriptions} and {@code Entitlements}. */
    @Bean
    EventSourcedSubscriptions subscriptions(JdbcClient jdbc, Writes writes, Commands commands) {
        return new EventSourcedSubscriptions(new StoredPlans(jdbc), writes, commands);
    }

    @Bean
    Plans plans(Reads reads) {
        return new StoredPlans(reads.jdbc());
    }
}
