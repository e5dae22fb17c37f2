package build.leash.app.dashboard.oidc;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.InvitationView;
import build.leash.access.api.Members;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.People;
import build.leash.access.api.Person;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may come in with a verified address: members, as they are, and whoever is invited. Somebody who belongs to no
 * organization joins all that invited the address by coming; a member decides about further ones by their links. Whoever
 * else came in under this address before does so no more.
 */
@Component
class Admission {

    private final People people;
    private final Members members;

    Admission(People people, Members members) {
        this.people = people;
        this.members = members;
    }

    /** @param joined one of the organizations that were joined by it; null if there is none */
    record Admitted(PersonId person, @Nullable OrganizationId joined) {}

    /** Nobody, if the address is neither a member's nor invited. */
    Optional<Admitted> admit(EmailAddress email, String requestId) {
        PersonId person = people.find(email).map(Person::id).orElse(null);
        if (person != null) {
            people.prove(person);
            if (people.belongsToAnOrganization(person)) {
                return Optional.of(new Admitted(person, null));
            }
        }
        Admitted admitted = null;
        for (InvitationView invitation : members.invitationsOf(email)) {
            PlainPassword nobodysPassword = person == null ? PlainPassword.generate() : null;
            person = members.accept(invitation.id(), nobodysPassword, requestId);
            people.prove(person);
            admitted = new Admitted(person, invitation.organization());
        }
        return Optional.ofNullable(admitted);
    }
}
