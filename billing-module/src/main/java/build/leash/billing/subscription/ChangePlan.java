package build.leash.billing.subscription;

import build.leash.billing.api.Plan;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record ChangePlan(@TargetAggregateIdentifier SubscriptionId id, Plan plan) {}
