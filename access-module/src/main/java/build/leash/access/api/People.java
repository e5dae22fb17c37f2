package build.leash.access.api;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The people who sign in. Their addresses and credentials stay outside the event log. */
public interface People {

    /**
     * The person with this address and password. Takes as long for an unknown address as for a wrong password, and
     * the answer does not tell them apart.
     */
    Optional<Person> recognize(EmailAddress email, String password);

    /** The person with this address. */
    Optional<Person> find(EmailAddress email);

    /** Whether the person is a member of any organization. */
    boolean belongsToAnOrganization(PersonId person);

    /**
     * Replaces the password and ends all sessions of the person.
     *
     * @return whether the current password was right; nothing changed if not
     */
    boolean changePassword(PersonId person, String current, PlainPassword next);

    /** The addresses of these people, without those unknown. */
    Map<PersonId, String> addresses(Collection<PersonId> people);
}
