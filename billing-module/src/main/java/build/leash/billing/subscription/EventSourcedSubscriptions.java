package build.leash.billing.subscription;

import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Permission;
import build.leash.access.api.Writes;
import build.leash.billing.api.Entitlements;
import build.leash.billing.api.Feature;
import build.leash.billing.api.Plan;
import build.leash.billing.api.SubscriptionView;
import build.leash.billing.api.Subscriptions;

/** Subscriptions as commands, entitlements as one look-up by primary key. */
final class EventSourcedSubscriptions implements Subscriptions, Entitlements {

    private final StoredPlans plans;
    private final Writes writes;
    private final Commands commands;

    EventSourcedSubscriptions(StoredPlans plans, Writes writes, Commands commands) {
        this.plans = plans;
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
        return plans.find(caller.organization()).orElseThrow();
    }

    @Override
    public void require(OrganizationId organization, Feature feature) {
        plans.of(organization).require(feature);
    }

    private SubscriptionView send(Caller caller, Object command) {
        return writes.exclusively("subscription:" + caller.organization(), () -> {
            commands.send(caller, command);
            return plans.find(caller.organization()).orElseThrow();
        });
    }
}
