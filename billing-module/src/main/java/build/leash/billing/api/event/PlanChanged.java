package build.leash.billing.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.billing.api.Plan;
import org.axonframework.serialization.Revision;

/** An organization moved from one plan to another, up or down. */
@EventName("billing.plan-changed")
@Revision("1")
public record PlanChanged(OrganizationId organizationId, Plan from, Plan to) implements BillingEvent {}
