package build.leash.app.dashboard.activity;

import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.People;
import build.leash.access.api.Permission;
import build.leash.access.api.PersonId;
import build.leash.access.api.Slug;
import build.leash.access.api.event.RecordedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened in an organization, read from the event log. */
@Component
public final class Activity {

    static final int RECENT = 12;

    private final JdbcClient jdbc;
    private final EventStore events;
    private final Names names;
    private final People people;

    Activity(JdbcClient jdbc, EventStore events, Names names, People people) {
        this.jdbc = jdbc;
        this.events = events;
        this.names = names;
        this.people = people;
    }

    private record Entry(String aggregate, long sequence, Instant when, String actor, @Nullable String slug) {

        Entry(ResultSet row, int number) throws SQLException {
            this(row.getString("aggregate_identifier"), row.getLong("sequence_number"),
                    row.getObject("happened_at", OffsetDateTime.class).toInstant(), row.getString("actor"),
                    row.getString("slug"));
        }
    }

    /** The latest things that happened, the latest first; at most {@value #RECENT}. */
    public List<Happening> recent(Caller caller) {
        caller.mustBeAllowedTo(Permission.READ);
        List<Entry> entries = jdbc.sql("""
                select * from web.activity where organization_id = ?
                order by happened_at desc, aggregate_identifier, sequence_number desc limit ?
                """).params(caller.organization().value(), RECENT).query(Entry::new).list();
        List<RecordedEvent> recorded = new ArrayList<>();
        entries.forEach(entry -> recorded.add(read(entry.aggregate(), entry.sequence())));
        Map<String, String> actors = names.of(caller.organization(), entries.stream().map(Entry::actor).toList());
        Map<PersonId, String> subjects = people.addresses(
                recorded.stream().map(Words::person).flatMap(Optional::stream).toList());
        List<Happening> happenings = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            happenings.add(new Happening(Words.of(recorded.get(i), subjects),
                    Objects.requireNonNull(actors.get(entry.actor())), entry.when(), entry.slug()));
        }
        return happenings;
    }

    /** The aggregate of the server that has this slug in the organization, or had it last. */
    Optional<String> serverWith(OrganizationId organization, Slug slug) {
        return jdbc.sql("""
                select aggregate_identifier from web.activity where organization_id = ? and slug = ?
                order by happened_at desc limit 1
                """).params(organization.value(), slug.value()).query(String.class).optional();
    }

    /** Of an aggregate's events before this one, the latest of each kind, in their order. */
    List<RecordedEvent> latestOfEachKind(String aggregate, long before) {
        return jdbc.sql("""
                select max(sequence_number) from web.activity where aggregate_identifier = ? and sequence_number < ?
                group by event_name order by 1
                """).params(aggregate, before).query((row, number) -> row.getLong(1)).list().stream()
                .map(sequence -> read(aggregate, sequence)).toList();
    }

    private RecordedEvent read(String aggregate, long sequence) {
        return (RecordedEvent) events.readEvents(aggregate, sequence).next().getPayload();
    }
}
