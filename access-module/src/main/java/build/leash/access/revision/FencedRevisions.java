package build.leash.access.revision;

import build.leash.access.api.Confirmation;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Revisions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/** Revisions as the database has them; those asked for one by one go through the fence. */
final class FencedRevisions implements Revisions, AutoCloseable {

    private final StoredRevisions stored;
    private final RevisionFence fence;

    FencedRevisions(StoredRevisions stored, Duration maxWait) {
        this.stored = stored;
        this.fence = new RevisionFence(stored::find, maxWait);
    }

    @Override
    public Confirmation confirm(OrganizationId organization) {
        return fence.confirm(organization);
    }

    @Override
    public Confirmation inView(OrganizationId organization) {
        return Objects.requireNonNull(stored.find(Set.of(organization)).get(organization));
    }

    @Override
    public void close() {
        fence.close();
    }
}
