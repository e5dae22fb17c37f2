package build.leash.billing.subscription;

import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.access.api.Writes;
import build.leash.billing.api.BillingRejection;
import build.leash.billing.api.Entitlements;
import build.leash.billing.api.Feature;
import build.leash.billing.api.Plan;
import build.leash.billing.api.SubscriptionView;
import build.leash.billing.api.Subscriptions;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Subscriptions as commands, entitlements as one look-up by primary key. */
final class EventSourcedSubscriptions implements Subscriptions, Entitlements {

    private final JdbcClient jdbc;
    private final Writes writes;
    private final Commands commands;

    EventSourcedSubscriptions(JdbcClient jdbc, Writes writes, Commands commands) {
        this.jdbc = jdbc;
        this.writes = writes;
        this.commands = commands;
    }

    @Override
    public void start(Caller caller, Plan plan) {
        caller.mustBeAllowedTo(Permission.CHANGE_PLAN);
        send(caller, new StartSubscription(new SubscriptionId(caller.organization()), plan));
    }

    @Override
    public SubscriptionView change(Caller caller, Plan plan) {
        caller.mustBeAllowedTo(Permission.CHANGE_PLAN);
        return send(caller, new ChangePlan(new SubscriptionId(caller.organization()), plan));
    }

    @Override
    public SubscriptionView get(Caller caller) {
        caller.mustBeAllowedTo(Permission.READ);
        return find(caller.organization()).orElseThrow();
    }

    @Override
    public void require(OrganizationId organization, Feature feature) {
        Plan plan = find(organization).map(SubscriptionView::plan).orElse(Plan.STARTER);
        if (!plan.includes(feature)) {
            throw new Rejected(BillingRejection.UPGRADE_REQUIRED,
                    feature.title() + " need the " + feature.from() + " plan or above.",
                    Map.of("requiredPlan", feature.from().toString(), "currentPlan", plan.toString()));
        }
    }

    private SubscriptionView send(Caller caller, Object command) {
        return writes.exclusively("subscription:" + caller.organization(), () -> {
            commands.send(caller, command);
            return find(caller.organization()).orElseThrow();
        });
    }

    private Optional<SubscriptionView> find(OrganizationId organization) {
        return jdbc.sql("select plan, since from billing.plan where organization_id = ?").param(organization.value())
                .query((row, number) -> new SubscriptionView(Plan.of(row.getString("plan")),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .optional();
    }
}
