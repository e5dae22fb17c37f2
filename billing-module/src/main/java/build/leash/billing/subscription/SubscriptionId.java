package build.leash.billing.subscription;

import build.leash.access.api.OrganizationId;

/** An organization has one subscription, so its id follows from the organization's. */
record SubscriptionId(OrganizationId organization) {

    @Override
    public String toString() {
        return "subscription:" + organization;
    }
}
