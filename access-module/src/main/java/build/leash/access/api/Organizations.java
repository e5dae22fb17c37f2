package build.leash.access.api;

/** Founding organizations. */
public interface Organizations {

    /** How many organizations a person may own when founding a further one: founding costs nothing. */
    int MAX_ORGANIZATIONS_PER_PERSON = 20;

    /**
     * The name of an organization.
     *
     * @throws IllegalArgumentException if there is no such organization
     */
    DisplayName name(OrganizationId organization);

    /** Whether nobody has founded an organization yet. */
    boolean none();

    /**
     * Founds an organization with its first owner, who can sign in with this password and is asked for another one.
     *
     * @param founder recorded as the one who did it; its organization becomes the new one's id
     * @return the owner
     */
    PersonId found(Caller founder, DisplayName name, EmailAddress ownerEmail, PlainPassword ownerPassword);

    /**
     * Founds a further organization, with the person as its first owner.
     *
     * @throws Rejected {@link AccessRejection#LIMIT_REACHED}
     */
    void found(Caller founder, DisplayName name, PersonId owner);
}
