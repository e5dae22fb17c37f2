package build.leash.access.people;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.PersonId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who comes to an organization: known already, or added to {@code access.person}, outside the event log. */
public final class Newcomers {

    private final JdbcClient jdbc;

    Newcomers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Somebody who is known keeps the password; somebody new needs one.
     *
     * @param passwordHash null if the person is known for certain
     * @param mustChangePassword whether somebody new is asked for another password at the first sign-in
     */
    public PersonId personWith(EmailAddress email, @Nullable String passwordHash, boolean mustChangePassword) {
        if (passwordHash != null) {
            jdbc.sql("""
                    insert into access.person (id, email, password_hash, must_change_password)
                    values (?, ?, ?, ?) on conflict (email) do nothing
                    """).params(PersonId.random().value(), email.value(), passwordHash, mustChangePassword).update();
        }
        return jdbc.sql("select id from access.person where email = ?").param(email.value())
                .query((row, number) -> PersonId.of(row.getString(1))).single();
    }
}
