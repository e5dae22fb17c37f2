package build.leash.access.people;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.Membership;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Person;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainToken;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.Sessions;
import build.leash.access.api.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** Reads and writes {@code access.session}. */
final class StoredSessions implements Sessions {

    static final Duration LIFETIME = Duration.ofDays(7);
    static final Duration IDLE = Duration.ofHours(12);
    static final int MAX_PER_PERSON = 20;
    /** How exact the time of the last use is, so that not every request is a write. */
    private static final Duration RESOLUTION = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Writes writes;
    private final Clock clock;

    StoredSessions(JdbcClient jdbc, Writes writes, Clock clock) {
        this.jdbc = jdbc;
        this.writes = writes;
        this.clock = clock;
    }

    private record Row(Person person, @Nullable String organization, Instant lastSeenAt) {

        Row(ResultSet row, int number) throws SQLException {
            this(new Person(PersonId.of(row.getString("person_id")), new EmailAddress(row.getString("email")),
                    row.getBoolean("must_change_password")), row.getString("organization_id"),
                    row.getObject("last_seen_at", OffsetDateTime.class).toInstant());
        }
    }

    @Override
    public PlainToken open(PersonId person) {
        PlainToken token = PlainToken.generate();
        OffsetDateTime now = clock.instant().atOffset(UTC);
        return writes.exclusively("sessions:" + person, () -> {
            jdbc.sql("""
                    delete from access.session where sha256 in (
                      select sha256 from access.session where person_id = ? order by last_seen_at desc offset ?)
                    """).params(person.value(), MAX_PER_PERSON - 1).update();
            jdbc.sql("""
                    insert into access.session (sha256, person_id, created_at, last_seen_at, expires_at)
                    values (?, ?, ?, ?, ?)
                    """).params(token.sha256(), person.value(), now, now, now.plus(LIFETIME)).update();
            return token;
        });
    }

    @Override
    public Optional<Session> find(PlainToken token) {
        Instant now = clock.instant();
        Optional<Row> row = jdbc.sql("""
                select s.person_id, s.organization_id, s.last_seen_at, p.email, p.must_change_password
                from access.session s join access.person p on p.id = s.person_id
                where s.sha256 = ? and s.expires_at > ? and s.last_seen_at > ?
                """).params(token.sha256(), now.atOffset(UTC), now.minus(IDLE).atOffset(UTC)).query(Row::new)
                .optional();
        row.filter(found -> found.lastSeenAt().isBefore(now.minus(RESOLUTION))).ifPresent(found -> touch(token, now));
        return row.map(found -> session(found, memberships(found.person().id())));
    }

    @Override
    public void moveTo(PlainToken token, OrganizationId organization) {
        int moved = jdbc.sql("""
                update access.session s set organization_id = ?
                where s.sha256 = ? and exists (select from access.member m
                  where m.person_id = s.person_id and m.organization_id = ?)
                """).params(organization.value(), token.sha256(), organization.value()).update();
        if (moved == 0) {
            throw new Rejected(AccessRejection.FORBIDDEN, "You are not a member of this organization.");
        }
    }

    @Override
    public void end(PlainToken token) {
        jdbc.sql("delete from access.session where sha256 = ?").param(token.sha256()).update();
    }

    @Override
    public void endAll(PersonId person) {
        jdbc.sql("delete from access.session where person_id = ?").param(person.value()).update();
    }

    /** Removes sessions whose time is over. Every node does it; none waits for another. */
    @Scheduled(initialDelay = 2, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void purge() {
        Instant now = clock.instant();
        jdbc.sql("delete from access.session where expires_at < ? or last_seen_at < ?")
                .params(now.atOffset(UTC), now.minus(IDLE).atOffset(UTC)).update();
    }

    private void touch(PlainToken token, Instant now) {
        jdbc.sql("update access.session set last_seen_at = ? where sha256 = ?")
                .params(now.atOffset(UTC), token.sha256()).update();
    }

    private List<Membership> memberships(PersonId person) {
        return jdbc.sql("""
                select o.id, o.name, m.role from access.member m join access.organization o on o.id = m.organization_id
                where m.person_id = ? order by lower(o.name), o.id
                """).param(person.value())
                .query((row, number) -> new Membership(OrganizationId.of(row.getString(1)),
                        Objects.requireNonNull(row.getString(2)), Role.of(row.getString(3))))
                .list();
    }

    /** The organization chosen last, as long as the person belongs to it, or else the first. */
    private static Session session(Row row, List<Membership> memberships) {
        Membership current = memberships.stream()
                .filter(member -> member.organization().toString().equals(row.organization())).findFirst()
                .or(() -> memberships.stream().findFirst()).orElse(null);
        return new Session(row.person(), memberships, current);
    }
}
