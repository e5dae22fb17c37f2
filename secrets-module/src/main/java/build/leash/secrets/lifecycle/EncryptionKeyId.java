package build.leash.secrets.lifecycle;

import build.leash.access.api.OrganizationId;

/** An organization has one key at a time, so its id follows from the organization's. */
record EncryptionKeyId(OrganizationId organization) {

    @Override
    public String toString() {
        return "encryption-key:" + organization;
    }
}
