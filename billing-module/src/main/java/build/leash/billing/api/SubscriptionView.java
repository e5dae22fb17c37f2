package build.leash.billing.api;

import java.time.Instant;

/** @param since when this plan began */
public record SubscriptionView(Plan plan, Instant since) {}
