package build.leash.billing.subscription;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.Rebuild;
import build.leash.billing.api.Plan;
import build.leash.billing.api.event.PlanChanged;
import build.leash.billing.api.event.SubscriptionStarted;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code billing.plan}, the plan of each organization. */
final class PlanProjection {

    static final Rebuild REBUILD = Rebuild.state("plan", "billing.plan", "organization_id", """
            select distinct on (organization_id) organization_id, coalesce(data ->> 'to', data ->> 'plan'), at
            from log where type in ('billing.subscription-started', 'billing.plan-changed')
            order by organization_id, global_index desc
            """);

    private final JdbcClient jdbc;

    PlanProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(SubscriptionStarted event, @Timestamp Instant when) {
        jdbc.sql("insert into billing.plan (organization_id, plan, since) values (?, ?, ?)")
                .params(event.organizationId().value(), event.plan().toString(), when.atOffset(UTC)).update();
    }

    @EventHandler
    void on(PlanChanged event, @Timestamp Instant when) {
        set(event.organizationId(), event.to(), when);
    }

    private void set(OrganizationId organization, Plan plan, Instant since) {
        jdbc.sql("update billing.plan set plan = ?, since = ? where organization_id = ?")
                .params(plan.toString(), since.atOffset(UTC), organization.value()).update();
    }
}
