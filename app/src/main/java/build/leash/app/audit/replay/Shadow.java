package build.leash.app.audit.replay;

import build.leash.access.api.event.Rebuild;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The schema {@code replay}: the log as a relation, each read model a second time, and how far a replay has come. All
 * of it is unlogged, so after a crash of the database it is empty together and the replay begins anew; after the death
 * of whoever replays, it goes on with what is not done.
 *
 * <p>
 * For each organization it knows how many events are in it. The log only grows, so an organization whose number is still
 * right needs no second look; that is what finds the organizations that were written to meanwhile.
 */
final class Shadow {

    private static final String LOG = "replay.log";

    private final JdbcClient jdbc;
    private final LogRelation log;
    private final ReadModels models;

    Shadow(JdbcClient jdbc, LogRelation log, ReadModels models) {
        this.jdbc = jdbc;
        this.log = log;
        this.models = models;
    }

    /** An organization that is not in the shadow as it should be, and how many events it has. */
    record Stale(UUID organization, long events) {}

    static String table(Rebuild rebuild) {
        return "replay." + rebuild.table().replace('.', '_');
    }

    /** Makes what is not there yet; first drops all of it if it was made for other read models. */
    void prepare() {
        if (jdbc.sql("select to_regnamespace('replay') is null").query(Boolean.class).single()) {
            jdbc.sql("create schema replay").update();
        }
        createPlan();
        List<String> plan = jdbc.sql("select models from replay.plan").query((row, number) -> row.getString(1)).list();
        if (!plan.equals(List.of(models.fingerprint()))) {
            clear();
            create();
        }
    }

    private void createPlan() {
        jdbc.sql("create unlogged table if not exists replay.plan (models text not null)").update();
    }

    private void create() {
        createPlan();
        jdbc.sql("insert into replay.plan (models) values (?)").param(models.fingerprint()).update();
        jdbc.sql("create unlogged table replay.range"
                + " (first bigint primary key, last bigint not null, staged boolean not null default false)").update();
        jdbc.sql("create unlogged table replay.count (organization_id uuid not null, events bigint not null)").update();
        jdbc.sql("create unlogged table replay.built (name text primary key)").update();
        log.create(LOG);
        jdbc.sql("create index log_type on " + LOG + " (type)").update();
        models.rebuilds().forEach(rebuild -> jdbc
                .sql("create unlogged table " + table(rebuild) + " (like " + rebuild.table() + ")").update());
    }

    /** Leaves the empty schema, which may be another role's. */
    void clear() {
        jdbc.sql("select quote_ident(tablename) from pg_tables where schemaname = 'replay'")
                .query((row, number) -> row.getString(1)).list()
                .forEach(table -> jdbc.sql("drop table replay." + table).update());
    }

    Ranges ranges() {
        return new Ranges(jdbc);
    }

    /** Copies a range of the log and counts its events, in the snapshot of one transaction. */
    void stage(Ranges.Range range) {
        begin();
        ranges().take(range);
        log.fill(LOG, Selection.numbered(range.first(), range.last()));
        jdbc.sql("""
                insert into replay.count select organization_id, count(*) from eventstore.domain_event
                where global_index between ? and ? group by 1
                """).params(range.first(), range.last()).update();
    }

    /** Lets the planner know what was staged. */
    void analyze() {
        jdbc.sql("analyze " + LOG).update();
    }

    /** The tables that are not built yet, the largest first, so that the last one is not long in coming. */
    List<Rebuild> unbuilt() {
        List<String> built = jdbc.sql("select name from replay.built").query((row, number) -> row.getString(1)).list();
        List<String> bySize = jdbc
                .sql("select name from unnest(?::text[]) name order by pg_table_size(name::regclass) desc")
                .param(models.rebuilds().stream().map(Rebuild::table).toArray(String[]::new))
                .query((row, number) -> row.getString(1))
                .list();
        return bySize.stream().filter(table -> !built.contains(table)).map(models::rebuild).toList();
    }

    void build(Rebuild rebuild) {
        begin();
        jdbc.sql("insert into replay.built (name) values (?)").param(rebuild.table()).update();
        jdbc.sql("create temporary view log as select * from " + LOG).update();
        jdbc.sql("insert into " + table(rebuild) + " " + rebuild.query()).update();
        jdbc.sql("drop view pg_temp.log").update();
    }

    /** Makes the rows of an organization quick to find, which only who rebuilds or replaces them needs. */
    void index() {
        models.rebuilds().forEach(rebuild -> {
            String table = table(rebuild);
            jdbc.sql("create index if not exists " + table.substring(table.indexOf('.') + 1) + "_organization on "
                    + table
                    + " (" + rebuild.organizationColumn() + ")").update();
        });
    }

    /** Nothing of this outlives a crash of the database anyway, so no commit waits for the disk. */
    private void begin() {
        SessionLimits.lift(jdbc);
        jdbc.sql("set local synchronous_commit = off").update();
    }

    /** Organizations that have another number of events than are in here. */
    List<Stale> stale() {
        return stale("");
    }

    /** The same of those with events that the ledger did not hold when it was of this size. */
    List<Stale> staleSince(long ledgerSize) {
        return stale("""
                where organization_id in (
                  select organization_id from audit.leaf where position >= %d
                  union select organization_id from eventstore.unsealed_event join eventstore.domain_event
                    using (global_index))
                """.formatted(ledgerSize));
    }

    private List<Stale> stale(String where) {
        return jdbc.sql("""
                select l.organization_id, l.events from
                  (select organization_id, count(*) as events from eventstore.domain_event %1$s group by 1) l
                  left join (select organization_id, sum(events) as events from replay.count %1$s group by 1) c
                    using (organization_id)
                where c.events is distinct from l.events order by 1
                """.formatted(where)).query((row, number) -> new Stale(row.getObject(1, UUID.class), row.getLong(2)))
                .list();
    }

    /** Makes these organizations' rows anew. No event of theirs may be committed meanwhile that the transaction sees. */
    void rebuild(Collection<Stale> stale) {
        if (stale.isEmpty()) {
            return;
        }
        index();
        UUID[] organizations = stale.stream().map(Stale::organization).toArray(UUID[]::new);
        log.fillTemporary(Selection.of(List.of(organizations)));
        for (Rebuild rebuild : models.rebuilds()) {
            jdbc.sql("delete from " + table(rebuild) + " where " + rebuild.organizationColumn() + " = any(?)")
                    .param(organizations).update();
            jdbc.sql("insert into " + table(rebuild) + " " + rebuild.query()).update();
        }
        jdbc.sql("delete from replay.count where organization_id = any(?)").param(organizations).update();
        jdbc.sql("insert into replay.count select * from unnest(?::uuid[], ?::bigint[])").param(organizations)
                .param(stale.stream().map(Stale::events).toArray(Long[]::new)).update();
    }
}
