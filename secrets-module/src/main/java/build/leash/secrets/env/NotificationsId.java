package build.leash.secrets.env;

import build.leash.access.api.OrganizationId;

/** An organization is told in one place at most, so the id follows from its own. */
record NotificationsId(OrganizationId organization) {

    @Override
    public String toString() {
        return "env-notifications:" + organization;
    }
}
