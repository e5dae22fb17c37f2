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

    /** Somebody who keeps the password, if known, and is asked for another one at the first sign-in, if not. */
    public PersonId knownOrAdded(EmailAddress email, String passwordHash) {
        return added(email, passwordHash, true).or(() -> find(email)).orElseThrow();
    }

    /** @throws Rejected {@link AccessRejection#FORBIDDEN} if nobody has the address */
    public PersonId known(EmailAddress email) {
        return find(email)
                .orElseThrow(() -> new Rejected(AccessRejection.FORBIDDEN, "Choose a password to accept it."));
    }

    /**
     * Somebody new; never somebody who was added meanwhile, for whom the password opens nothing.
     *
     * @throws Rejected {@link AccessRejection#FORBIDDEN} if somebody has the address
     */
    public PersonId added(EmailAddress email, String passwordHash) {
        return added(email, passwordHash, false).orElseThrow(
                () -> new Rejected(AccessRejection.FORBIDDEN, "Sign in as " + email + " to accept it."));
    }

    private Optional<PersonId> added(EmailAddress email, String passwordHash, boolean mustChangePassword) {
        return jdbc.sql("""
                insert into access.person (id, email, password_hash, must_change_password)
                values (?, ?, ?, ?) on conflict (email) do nothing returning id
                """).params(PersonId.random().value(), email.value(), passwordHash, mustChangePassword)
                .query((row, number) -> PersonId.of(row.getString(1))).optional();
    }

    private Optional<PersonId> find(EmailAddress email) {
        return jdbc.sql("select id from access.person where email = ?").param(email.value())
                .query((row, number) -> PersonId.of(row.getString(1))).optional();
    }
}
