package build.leash.app.audit.replay;

import build.leash.app.eventstore.PresentEvents;
import build.leash.app.eventstore.PresentEvents.Present;
import build.leash.app.eventstore.PresentEvents.Stored;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * The relation {@code log} over which read models are queries. Holds events in their present revisions: what the log has
 * in that revision is copied within the database, what is older goes through the upcasters.
 */
final class LogRelation {

    private static final String COLUMNS = "global_index bigint, type text, organization_id uuid, at timestamptz,"
            + " actor text, aggregate text, sequence bigint, data jsonb";
    /** How many events of earlier revisions are in memory at once. */
    private static final int BATCH = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final PresentEvents present;

    LogRelation(JdbcClient jdbc, PresentEvents present) {
        this.jdbc = jdbc;
        this.present = present;
    }

    /** Makes it as an unlogged table of this name, unless there is one. */
    void create(String table) {
        jdbc.sql("create unlogged table if not exists " + table + " (" + COLUMNS + ")").update();
    }

    /** Makes it a temporary table that ends with the transaction, in place of an earlier one. */
    void fillTemporary(Selection selection) {
        SessionLimits.lift(jdbc);
        jdbc.sql("drop table if exists pg_temp.log").update();
        jdbc.sql("create temporary table log (" + COLUMNS + ") on commit drop").update();
        fill("pg_temp.log", selection);
    }

    /** Adds these events to a table. */
    void fill(String table, Selection selection) {
        with(selection, """
                insert into %s
                select e.global_index, e.payload_type, e.organization_id, e.time_stamp::timestamptz,
                  convert_from(e.meta_data, 'UTF8')::jsonb ->> 'actor', e.aggregate_identifier, e.sequence_number,
                  convert_from(e.payload, 'UTF8')::jsonb
                from eventstore.domain_event e
                  join unnest(:names, :revisions) p(name, revision)
                    on p.name = e.payload_type and p.revision = e.payload_revision
                where\s""".formatted(table) + selection.condition()).update();
        List<Map<String, Object>> batch = new ArrayList<>();
        with(selection, """
                select e.*, convert_from(e.meta_data, 'UTF8')::jsonb ->> 'actor' as actor
                from eventstore.domain_event e
                where not exists (select from unnest(:names, :revisions) p(name, revision)
                    where p.name = e.payload_type and p.revision = e.payload_revision)
                  and\s""" + selection.condition() + " order by e.global_index").withFetchSize(BATCH).query(row -> {
            batch.addAll(upcast(row));
            if (batch.size() >= BATCH) {
                insert(table, batch);
            }
        });
        insert(table, batch);
    }

    private StatementSpec with(Selection selection, String sql) {
        StatementSpec statement = jdbc.sql(sql)
                .param("names", present.revisions().keySet().toArray(String[]::new))
                .param("revisions", present.revisions().values().toArray(String[]::new));
        return statement.params(selection.parameters());
    }

    private List<Map<String, Object>> upcast(ResultSet row) throws SQLException {
        Stored stored = new Stored(row.getString("type"), row.getString("aggregate_identifier"),
                row.getLong("sequence_number"), row.getString("event_identifier"), row.getString("time_stamp"),
                row.getString("payload_type"), row.getString("payload_revision"), text(row, "payload"),
                text(row, "meta_data"));
        List<Map<String, Object>> events = new ArrayList<>();
        for (Present event : present.upcast(stored)) {
            Map<String, Object> columns = new LinkedHashMap<>();
            columns.put("global_index", row.getLong("global_index"));
            columns.put("type", event.name());
            columns.put("organization_id", row.getString("organization_id"));
            columns.put("at", stored.time());
            columns.put("actor", row.getString("actor"));
            columns.put("aggregate", stored.aggregate());
            columns.put("sequence", stored.sequence());
            columns.put("data", JSON.readTree(event.json()));
            events.add(columns);
        }
        return events;
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return new String(row.getBytes(column), StandardCharsets.UTF_8);
    }

    private void insert(String table, List<Map<String, Object>> batch) {
        if (!batch.isEmpty()) {
            jdbc.sql("insert into " + table + " select * from jsonb_to_recordset(?::jsonb) as older(" + COLUMNS + ")")
                    .param(JSON.writeValueAsString(batch)).update();
            batch.clear();
        }
    }
}
