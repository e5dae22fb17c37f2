package build.leash.access.people;

import build.leash.access.api.EmailAddress;
import build.leash.access.api.People;
import build.leash.access.api.Person;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainPassword;
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
    public Optional<Person> recognize(EmailAddress email, String password) {
        Optional<Known> known = jdbc.sql("select * from access.person where email = ?").param(email.value())
                .query(Known::new).optional();
        boolean right = passwords.matches(password, known.map(Known::passwordHash).orElse(null));
        return right ? known.map(Known::person) : Optional.empty();
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
    public boolean changePassword(PersonId person, String current, PlainPassword next) {
        Known known = jdbc.sql("select * from access.person where id = ?").param(person.value()).query(Known::new)
                .single();
        if (!passwords.matches(current, known.passwordHash())) {
            return false;
        }
        String hash = passwords.hash(next);
        return writes.inTransaction(() -> {
            jdbc.sql("update access.person set password_hash = ?, must_change_password = false where id = ?")
                    .params(hash, person.value()).update();
            sessions.endAll(person);
            return true;
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
