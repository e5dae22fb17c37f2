package build.leash.access.people;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.PersonId;
import build.leash.access.api.Rejected;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who comes to an organization: known already, or added to {@code access.person}, outside the event log. */
public final class Newcomers {

    private final JdbcClient jdbc;

    Newcomers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws Rejected {@link AccessRejection#FORBIDDEN} if nobody has this address */
    public PersonId known(EmailAddress email) {
        return find(email)
                .orElseThrow(() -> new Rejected(AccessRejection.FORBIDDEN, "Choose a password to accept it."));
    }

    /**
     * Adds somebody new. Never answers somebody who came in between: a password that opens nothing yet must not stand for
     * one that does.
     *
     * @throws Rejected {@link AccessRejection#FORBIDDEN} if somebody has this address
     */
    public PersonId add(EmailAddress email, String passwordHash) {
        if (!isAdded(email, passwordHash, false)) {
            throw new Rejected(AccessRejection.FORBIDDEN, "Sign in as " + email + " to accept it.");
        }
        return known(email);
    }

    /** Somebody who is known keeps the password; somebody new has to choose another one at the first sign-in. */
    public PersonId knownOrAdded(EmailAddress email, String passwordHash) {
        boolean _ = isAdded(email, passwordHash, true);
        return known(email);
    }

    private boolean isAdded(EmailAddress email, String passwordHash, boolean mustChangePassword) {
        return jdbc.sql("""
                insert into access.person (id, email, password_hash, must_change_password)
                values (?, ?, ?, ?) on conflict (email) do nothing
                """).params(PersonId.random().value(), email.value(), passwordHash, mustChangePassword).update() == 1;
    }

    private Optional<PersonId> find(EmailAddress email) {
        return jdbc.sql("select id from access.person where email = ?").param(email.value())
                .query((row, number) -> PersonId.of(row.getString(1))).optional();
    }
}
