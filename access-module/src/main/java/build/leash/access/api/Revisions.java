package build.leash.access.api;

/**
 * Says whether what is known of an organization still holds. Every event raises the revision of its organization in the
 * transaction that records it.
 */
public interface Revisions {

    /**
     * The revision as of a moment after the call began. One query answers all who ask at the same time.
     *
     * @throws Rejected {@link AccessRejection#STORAGE_UNAVAILABLE} if the database gives no answer in time
     * @throws org.springframework.dao.DataAccessException if it fails
     */
    Confirmation confirm(OrganizationId organization);

    /** The revision to which belongs what is read in the same {@link Reads#inOneView view}. */
    Confirmation inView(OrganizationId organization);
}
