package build.leash.access.api;

import java.util.Collection;

/** For who changes read models other than by an event, which raises the revision by itself. */
public interface RevisionRaiser {

    /**
     * Raises the organizations' revisions in the transaction under way, so that nobody goes by what was remembered of
     * them before it committed. To be called last in it.
     */
    void raise(Collection<OrganizationId> organizations);
}
