package build.leash.billing.api;

import build.leash.access.api.Rejection;

/** Why this module turns a call down. */
public enum BillingRejection implements Rejection {
    /** The organization's plan does not include the feature. Members: {@code requiredPlan}, {@code currentPlan}. */
    UPGRADE_REQUIRED
}
