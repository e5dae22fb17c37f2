package build.leash.billing.api;

import build.leash.access.api.OrganizationId;

/** What an organization's plan entitles it to, as of the latest committed change. */
public interface Entitlements {

    /**
     * @throws build.leash.access.api.Rejected {@link BillingRejection#UPGRADE_REQUIRED} if the plan does not include it
     */
    void require(OrganizationId organization, Feature feature);
}
