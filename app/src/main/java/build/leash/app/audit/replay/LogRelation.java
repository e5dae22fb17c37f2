package build.leash.app.audit.replay;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The relation {@code log} over which read models are queries: a temporary table that ends with the transaction. */
final class LogRelation {

    /** As the log writes times, so that they compare as text. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final JdbcClient jdbc;

    LogRelation(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Fills it with the events of these organizations, in place of what it held.
     *
     * @param until only events up to this moment; null for all
     * @return how many there are
     */
    long fill(Collection<UUID> organizations, @Nullable Instant until) {
        jdbc.sql("set local statement_timeout = 0").update();
        jdbc.sql("set local work_mem = '64MB'").update();
        jdbc.sql("drop table if exists pg_temp.log").update();
        jdbc.sql("""
                create temporary table log (global_index bigint, type text, organization_id uuid, at timestamptz,
                  actor text, data jsonb) on commit drop
                """).update();
        return jdbc.sql("""
                insert into pg_temp.log
                select global_index, payload_type, organization_id, time_stamp::timestamptz,
                  convert_from(meta_data, 'UTF8')::jsonb ->> 'actor', convert_from(payload, 'UTF8')::jsonb
                from eventstore.domain_event
                where organization_id = any(:organizations) and (:until::text is null or time_stamp <= :until)
                """).param("organizations", organizations.toArray(UUID[]::new))
                .param("until", until == null ? null : TIME.format(until)).update();
    }
}
