package build.leash.app.audit.export;

import build.leash.access.api.OrganizationId;
import build.leash.app.audit.LogTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the log together with the ledger, a bounded number of events at a time. */
final class StoredEvents {

    private static final long LOOKED_THROUGH_AT_ONCE = 100_000;

    private final JdbcClient jdbc;

    StoredEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An organization's events, the latest first. */
    List<LoggedEvent> latest(OrganizationId organization, EventFilter filter, long before, int limit) {
        return jdbc.sql("select " + LoggedEvent.COLUMNS + """
                from eventstore.domain_event e left join audit.leaf l using (global_index)
                where e.organization_id = :organization and e.global_index < :before
                  and (:type::text is null or e.payload_type = :type)
                  and (:from::text is null or e.time_stamp >= :from) and (:to::text is null or e.time_stamp < :to)
                  and (:actor::text is null or convert_from(e.meta_data, 'UTF8')::jsonb ->> 'actor' = :actor)
                  and (:server::text is null or :server in (convert_from(e.payload, 'UTF8')::jsonb ->> 'slug',
                    convert_from(e.payload, 'UTF8')::jsonb ->> 'serverId'))
                order by e.global_index desc limit :limit
                """).param("organization", organization.value()).param("before", before)
                .param("type", filter.type()).param("from", text(filter.from())).param("to", text(filter.to()))
                .param("actor", filter.actor()).param("server", filter.server()).param("limit", limit)
                .query(LoggedEvent::of).list();
    }

    Optional<LoggedEvent> find(OrganizationId organization, UUID id) {
        return jdbc.sql("select " + LoggedEvent.COLUMNS + """
                from eventstore.domain_event e left join audit.leaf l using (global_index)
                where e.organization_id = ? and e.event_identifier = ?
                """).params(organization.value(), id.toString()).query(LoggedEvent::of).optional();
    }

    /** Sealed events in the order of the ledger, whether the log still has them or not. */
    List<LoggedEvent> sealed(@Nullable OrganizationId organization, long after, long size, int limit) {
        String scope = organization == null ? "" : " and l.organization_id = :organization";
        var query = jdbc.sql("select " + LoggedEvent.COLUMNS + """
                from audit.leaf l left join eventstore.domain_event e using (global_index)
                where l.position > :after and l.position < :size""" + scope + " order by l.position limit :limit")
                .param("after", after).param("size", size).param("limit", limit);
        return (organization == null ? query : query.param("organization", organization.value()))
                .query(LoggedEvent::of).list();
    }

    /**
     * Events that stand in the log, but neither in the ledger nor among those that wait for it. Looks through the log in
     * parts, so that the time limit of a statement holds for each, however long the log is.
     */
    List<LoggedEvent> strays(@Nullable OrganizationId organization, int limit) {
        String scope = organization == null ? "" : " and e.organization_id = :organization";
        long last = jdbc.sql("select coalesce(max(global_index), 0) from eventstore.domain_event").query(Long.class)
                .single();
        List<LoggedEvent> strays = new ArrayList<>();
        for (long after = 0; after < last && strays.size() < limit; after += LOOKED_THROUGH_AT_ONCE) {
            var query = jdbc.sql("select " + LoggedEvent.COLUMNS + """
                    from eventstore.domain_event e left join audit.leaf l using (global_index)
                    where l.global_index is null and e.global_index > :after and e.global_index <= :upTo
                      and not exists (select from eventstore.unsealed_event u where u.global_index = e.global_index)
                    """ + scope + " order by e.global_index limit :limit").param("after", after)
                    .param("upTo", after + LOOKED_THROUGH_AT_ONCE).param("limit", limit - strays.size());
            strays.addAll((organization == null ? query : query.param("organization", organization.value()))
                    .query(LoggedEvent::of).list());
        }
        return strays;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : LogTime.of(time);
    }
}
