package build.leash.billing.api;

import build.leash.access.api.Caller;

/** An organization's subscription. */
public interface Subscriptions {

    /** Starts the organization's first subscription. */
    void start(Caller caller, Plan plan);

    /**
     * Moves the organization to a plan, effective at once on every node. Nothing happens if it is on it already.
     *
     * @throws build.leash.access.api.Rejected {@link build.leash.access.api.AccessRejection#FORBIDDEN}
     */
    SubscriptionView change(Caller caller, Plan plan);

    SubscriptionView get(Caller caller);
}
