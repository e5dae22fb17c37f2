package build.leash.app.audit.replay;

import build.leash.app.audit.replay.ReplayRun.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code audit.organization_replay}. Its times are the database's, so that nodes need not agree on theirs. */
final class StoredRuns {

    /** A run of which nothing was heard for so long is over. */
    private static final String SILENCE = "interval '2 minutes'";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final int tables;

    /** @param tables how many a replay makes */
    StoredRuns(JdbcClient jdbc, int tables) {
        this.jdbc = jdbc;
        this.tables = tables;
    }

    /** @return whether it begins; it does not while another one of the organization is running */
    boolean begin(UUID organization, UUID run, boolean isSwapWanted) {
        return jdbc.sql("""
                insert into audit.organization_replay as r (organization_id, id, swaps, state, started_at, seen_at)
                values (?, ?, ?, 'running', now(), now())
                on conflict (organization_id) do update
                set id = excluded.id, swaps = excluded.swaps, state = 'running', events = 0, tables_done = 0,
                  replaced_rows = null, tables = '[]', started_at = now(), seen_at = now(), finished_at = null
                where r.state <> 'running' or r.seen_at < now() -\s""" + SILENCE)
                .params(organization, run, isSwapWanted).update() == 1;
    }

    /** @return whether it is still the organization's latest run; another one may have begun when nothing was heard of it */
    boolean progress(UUID run, long events, int tablesDone) {
        return jdbc
                .sql("update audit.organization_replay set events = ?, tables_done = ?, seen_at = now() where id = ?")
                .params(events, tablesDone, run).update() == 1;
    }

    /** Tells that these are still at it. */
    void alive(Collection<UUID> runs) {
        jdbc.sql("update audit.organization_replay set seen_at = now() where id = any(?)")
                .param(runs.toArray(UUID[]::new)).update();
    }

    void finish(UUID run, OrganizationReplay.Result result, @Nullable Integer replacedRows) {
        jdbc.sql("""
                update audit.organization_replay set state = 'finished', events = :events, tables_done = :done,
                  tables = :tables::jsonb, replaced_rows = :replaced, finished_at = now() where id = :run
                """).param("events", result.events()).param("done", result.tables().size())
                .param("tables", JSON.writeValueAsString(result.tables())).param("replaced", replacedRows)
                .param("run", run).update();
    }

    void fail(UUID run) {
        jdbc.sql("update audit.organization_replay set state = 'failed', finished_at = now() where id = ?").param(run)
                .update();
    }

    Optional<ReplayRun> latest(UUID organization) {
        return jdbc.sql("select *, now() as now, state = 'running' and seen_at < now() - " + SILENCE
                + " as is_silent from audit.organization_replay where organization_id = ?").param(organization)
                .query(this::run).optional();
    }

    private ReplayRun run(ResultSet row, int number) throws SQLException {
        State state = row.getBoolean("is_silent")
                ? State.INTERRUPTED
                : State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        Instant started = row.getObject("started_at", OffsetDateTime.class).toInstant();
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        Instant until = (finished == null ? row.getObject("now", OffsetDateTime.class) : finished).toInstant();
        long events = row.getLong("events");
        int done = row.getInt("tables_done");
        List<TableReport> reports = JSON.readValue(row.getString("tables"), new TypeReference<List<TableReport>>() {
        });
        return new ReplayRun(row.getObject("id", UUID.class), state, row.getBoolean("swaps"), events, done, tables,
                ReplayRun.perSecond(events, done, tables, Duration.between(started, until)), started,
                finished == null ? null : finished.toInstant(),
                state == State.FINISHED ? reports.stream().allMatch(TableReport::isIdentical) : null,
                row.getObject("replaced_rows", Long.class), reports);
    }
}
