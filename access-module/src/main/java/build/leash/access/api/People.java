package build.leash.access.api;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The people who sign in. Their addresses and credentials stay outside the event log. */
public interface People {

    /**
     * A new session of the person with this address and password. Takes as long for an unknown address as for a wrong
     * password, and the answer does not tell them apart. A password that ends meanwhile opens nothing.
     *
     * @throws Rejected {@link AccessRejection#TOO_BUSY} if too many passwords wait to be compared
     */
    Optional<PlainToken> signIn(EmailAddress email, String password);

    /** The person with this address. */
    Optional<Person> find(EmailAddress email);

    /** Whether the person is a member of any organization. */
    boolean belongsToAnOrganization(PersonId person);

    /**
     * Replaces the password and ends all sessions of the person.
     *
     * @return a new session; empty if the current password was wrong, and nothing changed then
     * @throws Rejected {@link AccessRejection#TOO_BUSY} if too many passwords wait to be compared
     */
    Optional<PlainToken> changePassword(PersonId person, String current, PlainPassword next);

    /**
     * Records that the address was proven to be the person's own. The first time this ends the password and all sessions:
     * they may be of somebody else, who got hold of an invitation to the address and accepted it.
     */
    void prove(PersonId person);

    /** The addresses of these people, without those unknown. */
    Map<PersonId, String> addresses(Collection<PersonId> people);
}
