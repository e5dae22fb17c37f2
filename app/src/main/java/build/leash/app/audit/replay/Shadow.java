package build.leash.app.audit.replay;

import build.leash.access.api.event.Rebuild;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The schema {@code replay}: each read model a second time, and for each organization how many of its events are in it.
 * The log only grows, so an organization whose number is still right needs no second look; that is what makes a replay
 * resumable, and what finds the organizations that were written to meanwhile.
 */
final class Shadow {

    private final JdbcClient jdbc;
    private final LogRelation log;
    private final ReadModels models;

    Shadow(JdbcClient jdbc, ReadModels models) {
        this.jdbc = jdbc;
        this.log = new LogRelation(jdbc);
        this.models = models;
    }

    /** An organization that is not in the shadow as it should be. */
    record Stale(UUID organization, long events) {}

    static String table(Rebuild rebuild) {
        return "replay." + rebuild.table().replace('.', '_');
    }

    void createIfMissing() {
        jdbc.sql("create schema if not exists replay").update();
        jdbc.sql(
                "create table if not exists replay.progress (organization_id uuid primary key, events bigint not null)")
                .update();
        models.rebuilds()
                .forEach(rebuild -> jdbc.sql("create unlogged table if not exists " + table(rebuild) + " (like "
                        + rebuild.table() + " including all)").update());
        // A crash empties unlogged tables, and only those.
        models.rebuilds().stream().findFirst()
                .ifPresent(rebuild -> jdbc.sql("delete from replay.progress where not exists"
                        + " (select from " + table(rebuild) + ")").update());
    }

    void drop() {
        jdbc.sql("drop schema if exists replay cascade").update();
    }

    long events() {
        return jdbc.sql("select coalesce(sum(events), 0) from replay.progress").query(Long.class).single();
    }

    List<Stale> stale() {
        return jdbc.sql("""
                select l.organization_id, l.events from
                  (select organization_id, count(*) as events from eventstore.domain_event group by 1) l
                  left join replay.progress p using (organization_id)
                where p.events is distinct from l.events order by l.organization_id
                """).query((row, number) -> new Stale(row.getObject(1, UUID.class), row.getLong(2))).list();
    }

    /** Makes these organizations' rows anew, as of the transaction's snapshot. */
    void rebuild(List<Stale> stale) {
        if (stale.isEmpty()) {
            return;
        }
        List<UUID> organizations = stale.stream().map(Stale::organization).toList();
        UUID[] ids = organizations.toArray(UUID[]::new);
        log.fill(organizations, null);
        for (Rebuild rebuild : models.rebuilds()) {
            jdbc.sql("delete from " + table(rebuild) + " where " + rebuild.organizationColumn() + " = any(?)")
                    .param(ids).update();
            jdbc.sql("insert into " + table(rebuild) + " " + rebuild.query()).update();
        }
        jdbc.sql("""
                insert into replay.progress (organization_id, events)
                select organization_id, count(*) from pg_temp.log group by 1
                on conflict (organization_id) do update set events = excluded.events
                """).update();
    }
}
