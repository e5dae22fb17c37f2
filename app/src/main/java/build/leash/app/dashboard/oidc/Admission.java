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
 * organization joins all that invited the address by coming; a member decides about further ones by their links.
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
        Optional<PersonId> known = people.find(email).map(Person::id);
        if (known.isPresent() && people.belongsToAnOrganization(known.get())) {
            return Optional.of(new Admitted(known.get(), null));
        }
        List<InvitationView> invitations = members.invitationsOf(email);
        Admitted admitted = null;
        for (InvitationView invitation : invitations) {
            PlainPassword nobodysPassword = known.isPresent() ? null : PlainPassword.generate();
            PersonId person = members.accept(invitation.id(), nobodysPassword, requestId);
            admitted = new Admitted(person, invitation.organization());
        }
        return Optional.ofNullable(admitted);
    }
}
