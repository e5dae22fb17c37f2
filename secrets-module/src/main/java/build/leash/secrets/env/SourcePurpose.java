package build.leash.secrets.env;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SourceId;

/** What a source's secrets are for: whoever seals one and whoever opens it name the same context. */
final class SourcePurpose {

    private SourcePurpose() {}

    static SecretContext credential(OrganizationId organization, SourceId source) {
        return new SecretContext(organization, source.toString(), "credential");
    }

    static SecretContext notifications(OrganizationId organization) {
        return new SecretContext(organization, "env-notifications", "signing");
    }

    static SecretContext value(OrganizationId organization, SourceId source, EnvKey key) {
        return new SecretContext(organization, source.toString(), "env:" + key);
    }
}
