package build.leash.app.health;

import build.leash.secrets.api.KmsHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Shows whether the key management services answer. One that does not makes this node {@code DEGRADED}, which still
 * answers 200: it serves from memory, every other node is in the same place, and a restart would lose what it has. So it
 * has no part in liveness and readiness either.
 */
@Component("kms")
class KmsHealthIndicator implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final KmsHealth kms;

    KmsHealthIndicator(KmsHealth kms) {
        this.kms = kms;
    }

    @Override
    public Health health() {
        boolean reachable = kms.providers().stream().allMatch(KmsHealth.Provider::reachable);
        Health.Builder health = reachable ? Health.up() : Health.status(DEGRADED);
        for (KmsHealth.Provider provider : kms.providers()) {
            health.withDetail(provider.name(), provider.reachable() ? "reachable" : "unreachable");
        }
        return health.build();
    }
}
