package build.leash.access.revision;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.RevisionRaiser;
import build.leash.access.api.event.RecordedEvent;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Raises the revision of an organization in the transaction of each of its events. The one place that does, for all
 * modules: nobody who records an event has to remember it.
 *
 * <p>
 * The row is written last of all, just before the commit. It is the only one that all writes of an organization have in
 * common, and so they wait for each other no longer than a commit takes; and as nothing is locked after it, no two of
 * them can wait for each other. Whatever makes read models anew and commits raises the revisions too.
 */
final class RevisionProjection {

    private final RevisionRaiser raiser;

    RevisionProjection(RevisionRaiser raiser) {
        this.raiser = raiser;
    }

    @EventHandler
    void on(RecordedEvent event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("An event is recorded outside of a transaction");
        }
        raised().organizations.add(event.organizationId());
    }

    private Raised raised() {
        for (TransactionSynchronization other : TransactionSynchronizationManager.getSynchronizations()) {
            if (other instanceof Raised raised && raised.isOf(this)) {
                return raised;
            }
        }
        Raised raised = new Raised();
        TransactionSynchronizationManager.registerSynchronization(raised);
        return raised;
    }

    /** The organizations of one transaction, each once. */
    private final class Raised implements TransactionSynchronization {

        private final Set<OrganizationId> organizations = new HashSet<>();

        boolean isOf(RevisionProjection projection) {
            return RevisionProjection.this == projection;
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            raiser.raise(organizations);
        }
    }
}
