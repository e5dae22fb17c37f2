package build.leash.secrets.kms;

import build.leash.secrets.api.KmsHealth;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The key management services that this installation uses, each watched. Several can be active at once: the provider's
 * name is stored beside every wrapped key, so that organizations move from one to another by re-wrapping.
 */
public final class KmsProviders implements KmsHealth {

    private final Map<String, WatchedKms> byName = new LinkedHashMap<>();
    private final Kms forNewOrganizations;

    /**
     * @param forNewOrganizations the provider that makes the KEKs of organizations that have none
     * @throws IllegalArgumentException if there is no such provider
     */
    public KmsProviders(List<? extends Kms> providers, String forNewOrganizations, MeterRegistry meters, Clock clock,
            Ticker ticker) {
        providers.forEach(kms -> byName.put(kms.provider(), new WatchedKms(kms, meters, clock, ticker)));
        Kms chosen = byName.get(forNewOrganizations);
        if (chosen == null) {
            throw new IllegalArgumentException("leash.kms.provider is " + forNewOrganizations
                    + ", but the configured providers are " + byName.keySet());
        }
        this.forNewOrganizations = chosen;
    }

    /** @throws KmsRefused {@link KmsRefused.Reason#NOT_FOUND} if this installation does not have the provider */
    public Kms named(String provider) {
        Kms kms = byName.get(provider);
        if (kms == null) {
            throw new KmsRefused(KmsRefused.Reason.NOT_FOUND, "The key management provider of a key is not configured");
        }
        return kms;
    }

    public Kms forNewOrganizations() {
        return forNewOrganizations;
    }

    @Override
    public List<Provider> providers() {
        return byName.values().stream().map(WatchedKms::health).toList();
    }
}
