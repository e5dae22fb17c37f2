package build.leash.access.people;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.People;
import build.leash.access.api.Person;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.PlainToken;
import build.leash.access.api.Sessions;
import build.leash.access.api.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes {@code access.person}. */
final class StoredPeople implements People {

    private final JdbcClient jdbc;
    private final Passwords passwords;
    private final Writes writes;
    private final Sessions sessions;

    StoredPeople(JdbcClient jdbc, Passwords passwords, Writes writes, Sessions sessions) {
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.writes = writes;
        this.sessions = sessions;
    }

    private record Known(Person person, @Nullable String passwordHash) {

        Known(ResultSet row, int number) throws SQLException {
            this(StoredPeople.person(row, number), row.getString("password_hash"));
        }

        @Override
        public String toString() {
            return "Known[" + person + "]";
        }
    }

    @Override
    public Optional<PlainToken> signIn(EmailAddress email, String password) {
        Known known = jdbc.sql("select * from access.person where email = ?").param(email.value()).query(Known::new)
                .optional().orElse(null);
        String hash = known == null ? null : known.passwordHash();
        if (!passwords.matches(password, hash) || known == null || hash == null) {
            return Optional.empty();
        }
        PersonId person = known.person().id();
        return writes.inTransaction(() -> stillHas(person, hash)
                ? Optional.of(sessions.open(person))
                : Optional.empty());
    }

    /** Holds the row until the commit: whatever ends the password then ends what it has just opened, too. */
    private boolean stillHas(PersonId person, String passwordHash) {
        return jdbc.sql("select 1 from access.person where id = ? and password_hash = ? for share")
                .params(person.value(), passwordHash).query(Integer.class).optional().isPresent();
    }

    @Override
    public Optional<Person> find(EmailAddress email) {
        return jdbc.sql("select * from access.person where email = ?").param(email.value())
                .query(StoredPeople::person).optional();
    }

    @Override
    public boolean belongsToAnOrganization(PersonId person) {
        return jdbc.sql("select exists (select from access.member where person_id = ?)").param(person.value())
                .query(Boolean.class).single();
    }

    @Override
    public Optional<PlainToken> changePassword(PersonId person, String current, PlainPassword next) {
        Known known = jdbc.sql("select * from access.person where id = ?").param(person.value()).query(Known::new)
                .single();
        String hash = known.passwordHash();
        if (!passwords.matches(current, hash) || hash == null) {
            return Optional.empty();
        }
        String nextHash = passwords.hash(next);
        return writes.inTransaction(() -> {
            int changed = jdbc.sql("""
                    update access.person set password_hash = ?, must_change_password = false
                    where id = ? and password_hash = ?
                    """).params(nextHash, person.value(), hash).update();
            if (changed == 0) {
                return Optional.empty();
            }
            sessions.endAll(person);
            return Optional.of(sessions.open(person));
        });
    }

    @Override
    public void prove(PersonId person) {
        writes.inTransaction(() -> {
            int proven = jdbc.sql("""
                    update access.person set address_proven = true, password_hash = null, must_change_password = false
                    where id = ? and not address_proven
                    """).param(person.value()).update();
            if (proven == 1) {
                sessions.endAll(person);
            }
            return proven;
        });
    }

    @Override
    public Map<PersonId, String> addresses(Collection<PersonId> people) {
        Map<PersonId, String> addresses = new HashMap<>();
        jdbc.sql("select id, email from access.person where id = any(?)")
                .param(people.stream().map(PersonId::value).toArray(UUID[]::new)).query(row -> {
                    addresses.put(PersonId.of(row.getString(1)), row.getString(2));
                });
        return Map.copyOf(addresses);
    }

    private static Person person(ResultSet row, int number) throws SQLException {
        return new Person(PersonId.of(row.getString("id")), new EmailAddress(row.getString("email")),
                row.getBoolean("must_change_password"));
    }
}
