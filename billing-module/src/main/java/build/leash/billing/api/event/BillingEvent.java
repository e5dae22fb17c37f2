package build.leash.billing.api.event;

import build.leash.access.api.event.RecordedEvent;

/** What happened to an organization's subscription. */
public sealed interface BillingEvent extends RecordedEvent permits SubscriptionStarted, PlanChanged {}
