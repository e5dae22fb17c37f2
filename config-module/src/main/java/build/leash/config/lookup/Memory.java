package build.leash.config.lookup;

import build.leash.access.api.AppKeys;
import build.leash.access.api.KeyHash;
import build.leash.access.api.OrganizationId;
import build.leash.billing.api.Plan;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What this node has read before, each thing with the revision of its organization at which it was read. Bounded by
 * weight; what was asked for seldom is forgotten first. Holds what there is, never that something is not there, and of
 * secrets only ciphertexts.
 */
final class Memory {

    /** Bytes for a key and its plan, as measured and rounded up; a slug to which it is limited takes this much more. */
    private static final int KEY_WEIGHT = 400;
    private static final int SLUG_WEIGHT = 100;
    /** Of the room, one in so many bytes is for keys. */
    private static final int KEYS_SHARE = 4;

    /** Both keep themselves in order while they are asked: to have another thread do that would cost a hand-off more. */
    private final Cache<KeyHash, KnownKey> keys;
    private final Cache<Place, KnownEndpoint> endpoints;

    /** A key with its organization's plan, and when their revision was last confirmed. */
    static final class KnownKey {

        private final UUID revision;
        private final AppKeys.Known key;
        private final Plan plan;
        private volatile long confirmedAt;

        KnownKey(UUID revision, AppKeys.Known key, Plan plan, long confirmedAt) {
            this.revision = revision;
            this.key = key;
            this.plan = plan;
            this.confirmedAt = confirmedAt;
        }

        UUID revision() {
            return revision;
        }

        AppKeys.Known key() {
            return key;
        }

        Plan plan() {
            return plan;
        }

        OrganizationId organization() {
            return key.key().organization();
        }

        /** In nanoseconds of {@link System#nanoTime}. */
        long confirmedAt() {
            return confirmedAt;
        }

        void confirmedAt(long nanoTime) {
            confirmedAt = nanoTime;
        }

        private int weight() {
            return KEY_WEIGHT + (key.key().slugs() == null ? 0 : SLUG_WEIGHT * key.key().slugs().size());
        }
    }

    private record Place(OrganizationId organization, String slug) {}

    private record KnownEndpoint(UUID revision, SealedEndpoint endpoint) {}

    /** @param maxBytes about how many bytes everything together may take */
    Memory(long maxBytes) {
        keys = Caffeine.newBuilder().executor(Runnable::run).maximumWeight(maxBytes / KEYS_SHARE)
                .weigher((KeyHash hash, KnownKey key) -> key.weight()).build();
        endpoints = Caffeine.newBuilder().executor(Runnable::run).maximumWeight(maxBytes - maxBytes / KEYS_SHARE)
                .weigher((Place place, KnownEndpoint known) -> known.endpoint().weight()).build();
    }

    @Nullable
    KnownKey key(KeyHash hash) {
        return keys.getIfPresent(hash);
    }

    /** The endpoint, if it is known as of this revision. */
    @Nullable
    SealedEndpoint endpoint(OrganizationId organization, String slug, UUID revision) {
        KnownEndpoint known = endpoints.getIfPresent(new Place(organization, slug));
        return known != null && known.revision().equals(revision) ? known.endpoint() : null;
    }

    /** @param confirmedAt a moment before it was read */
    void remember(KeyHash hash, View view, String slug, long confirmedAt) {
        keys.put(hash, new KnownKey(view.revision(), view.key(), view.plan(), confirmedAt));
        if (view.endpoint() != null) {
            endpoints.put(new Place(view.key().key().organization(), slug),
                    new KnownEndpoint(view.revision(), view.endpoint()));
        }
    }

    /** Forgets a key that is there no more. */
    void forget(KeyHash hash) {
        keys.invalidate(hash);
    }

    /** About how many bytes are in use. */
    long weight() {
        return weightOf(keys) + weightOf(endpoints);
    }

    private static long weightOf(Cache<?, ?> cache) {
        return cache.policy().eviction().map(eviction -> eviction.weightedSize().orElse(0)).orElse(0L);
    }
}
