package build.leash.config.lookup;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.AppKey;
import build.leash.access.api.AppKeys;
import build.leash.access.api.AppName;
import build.leash.access.api.Confirmation;
import build.leash.access.api.KeyHash;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Revisions;
import build.leash.billing.api.Plan;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.dao.DataAccessResourceFailureException;

/** One organization in a database that is made of memory: every change is atomic and gives it another revision. */
final class Registry implements Revisions, ViewSource {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger confirmations = new AtomicInteger();
    private final OrganizationId organization = OrganizationId.random();
    private final Map<KeyHash, AppKey> keys = new HashMap<>();
    private final Map<String, StoredEndpoint> endpoints = new HashMap<>();
    private Plan plan = Plan.GROWTH;
    private UUID revision = UUID.randomUUID();
    private boolean outOfReach;

    synchronized KeyHash issue() {
        AppKey key = new AppKey(ApiKeyId.random(), organization, null, AppName.DEFAULT);
        KeyHash hash = new KeyHash(key.id().value().getMostSignificantBits(), 0, 0, 0);
        keys.put(hash, key);
        changed();
        return hash;
    }

    synchronized void revoke(KeyHash hash) {
        keys.remove(hash);
        changed();
    }

    synchronized void set(String slug, long version) {
        endpoints.put(slug, new StoredEndpoint(new McpServerId(new UUID(0, slug.hashCode())), version, slug, slug,
                "https://mcp.example.com", Transport.SSE, null, List.of()));
        changed();
    }

    synchronized void move(Plan to) {
        plan = to;
        changed();
    }

    synchronized void outOfReach(boolean now) {
        outOfReach = now;
    }

    @Override
    public synchronized Confirmation confirm(OrganizationId asked) {
        confirmations.incrementAndGet();
        mustBeReached();
        return new Confirmation(revision, NOW);
    }

    @Override
    public Confirmation inView(OrganizationId asked) {
        return confirm(asked);
    }

    @Override
    public synchronized Optional<View> read(KeyHash hash, String slug) {
        reads.incrementAndGet();
        mustBeReached();
        return Optional.ofNullable(keys.get(hash)).map(key -> {
            AppKeys.Known known = new AppKeys.Known(key, null);
            StoredEndpoint endpoint = View.mayLook(known, plan, slug) ? endpoints.get(slug) : null;
            return new View(revision, known, plan, endpoint == null ? null : new SealedEndpoint(endpoint, Map.of()),
                    NOW, Duration.ZERO);
        });
    }

    private void changed() {
        revision = UUID.randomUUID();
    }

    private void mustBeReached() {
        if (outOfReach) {
            throw new DataAccessResourceFailureException("The database is out of reach");
        }
    }
}
