package build.leash.app.freshness;

import java.util.Random;
import java.util.function.Supplier;

/** Where a tenant is, until nobody knows its plan any more; then another one is. */
final class Place {

    private final Supplier<Tenant> another;
    private volatile Tenant tenant;
    private volatile int changesOfEarlier;

    Place(Supplier<Tenant> another) {
        this.another = another;
        this.tenant = another.get();
    }

    Tenant tenant() {
        return tenant;
    }

    /** For one thread only. */
    void changeAKeyOrThePlan(Random random) {
        tenant.changeAKeyOrThePlan(random);
        if (tenant.plan().isUncertain()) {
            changesOfEarlier = changes();
            tenant = another.get();
        }
    }

    /** How many changes were acknowledged. */
    int changes() {
        return changesOfEarlier + tenant.changes();
    }
}
