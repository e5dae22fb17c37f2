package build.leash.billing.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.billing.api.Plan;
import org.axonframework.serialization.Revision;

/** An organization subscribed for the first time. */
@EventName("billing.subscription-started")
@Revision("1")
public record SubscriptionStarted(OrganizationId organizationId, Plan plan) implements BillingEvent {}
