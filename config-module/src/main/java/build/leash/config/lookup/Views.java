package build.leash.config.lookup;

import build.leash.access.api.AppKeys;
import build.leash.access.api.Confirmation;
import build.leash.access.api.KeyHash;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Reads;
import build.leash.access.api.Revisions;
import build.leash.access.api.Slug;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Plans;
import build.leash.registry.api.StaticHeader;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads views from the database, each in one transaction at repeatable read. */
final class Views implements ViewSource {

    private final Reads reads;
    private final AppKeys keys;
    private final Revisions revisions;
    private final Plans plans;
    private final StoredEndpoints endpoints;
    private final Vault vault;

    /** The endpoints are read through the same {@link Reads}. */
    Views(Reads reads, AppKeys keys, Revisions revisions, Plans plans, Vault vault) {
        this.reads = reads;
        this.keys = keys;
        this.revisions = revisions;
        this.plans = plans;
        this.endpoints = new StoredEndpoints(reads.jdbc());
        this.vault = vault;
    }

    @Override
    public Optional<View> read(KeyHash hash, String slug) {
        return reads.inOneView(() -> keys.inView(hash).map(key -> view(key, slug)));
    }

    private View view(AppKeys.Known key, String slug) {
        OrganizationId organization = key.key().organization();
        Confirmation now = revisions.inView(organization);
        Plan plan = plans.inView(organization);
        SealedEndpoint endpoint = View.mayLook(key, plan, slug) && Slug.isValid(slug)
                ? endpoint(organization, slug)
                : null;
        return new View(now.revision(), key, plan, endpoint, now.at(), Duration.ZERO);
    }

    private @Nullable SealedEndpoint endpoint(OrganizationId organization, String slug) {
        return endpoints.find(organization, slug)
                .map(endpoint -> new SealedEndpoint(endpoint, vault.inView(organization, secrets(endpoint))))
                .orElse(null);
    }

    private static List<SecretRef> secrets(StoredEndpoint endpoint) {
        return Stream.concat(Stream.ofNullable(endpoint.bearer()), endpoint.headers().stream()
                .map(StaticHeader::secret).filter(Objects::nonNull)).toList();
    }
}
