package build.leash.secrets.env;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNullElse;

import build.leash.access.api.Commands;
import build.leash.access.api.event.Rebuild;
import build.leash.secrets.api.NativeValues;
import build.leash.secrets.api.event.EnvValueChanged;
import build.leash.secrets.api.event.EnvValueRemoved;
import build.leash.secrets.api.event.SourceRemoved;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code secrets.env_value} and {@code secrets.env_version}: what sources hold, and the versions that are kept. */
final class ValueProjection {

    /** What a source held ends with the source; the versions of a value end with the value. */
    static final List<Rebuild> REBUILDS = List.of(
            Rebuild.state("values", "secrets.env_value", "organization_id", """
                    select distinct on (organization_id, source_id, key) organization_id, source_id, key, version,
                      type = 'secrets.env-value-changed',
                      coalesce(changed_at, at), actor
                    from (
                      select *, (data ->> 'sourceId')::uuid as source_id, data ->> 'key' as key,
                        (data ->> 'version')::bigint as version, (data ->> 'changedAt')::timestamptz as changed_at,
                        max(global_index) filter (where type = 'secrets.source-removed')
                          over (partition by organization_id, data ->> 'sourceId') as ended
                      from log where type in ('secrets.env-value-changed', 'secrets.env-value-removed',
                        'secrets.source-removed')
                    ) change
                    where type <> 'secrets.source-removed' and global_index > coalesce(ended, 0)
                    order by organization_id, source_id, key, global_index desc
                    """), Rebuild.view("secrets.env_version", "organization_id", """
                    select organization_id, (data ->> 'sourceId')::uuid, data ->> 'key', version,
                      (data -> 'value' ->> 'id')::uuid, (data ->> 'restoredFrom')::bigint,
                      coalesce((data ->> 'changedAt')::timestamptz, at), actor
                    from (
                      select *, (data ->> 'version')::bigint as version,
                        max((data ->> 'version')::bigint) filter (where type = 'secrets.env-value-changed')
                          over (partition by organization_id, data ->> 'sourceId', data ->> 'key') as latest,
                        max(global_index) filter (where type = 'secrets.env-value-removed')
                          over (partition by organization_id, data ->> 'sourceId', data ->> 'key') as removed,
                        max(global_index) filter (where type = 'secrets.source-removed')
                          over (partition by organization_id, data ->> 'sourceId') as ended
                      from log where type in ('secrets.env-value-changed', 'secrets.env-value-removed',
                        'secrets.source-removed')
                    ) change
                    where type = 'secrets.env-value-changed' and version > latest - %d
                      and global_index > coalesce(removed, 0) and global_index > coalesce(ended, 0)
                    """.formatted(NativeValues.KEPT_VERSIONS)));

    private final JdbcClient jdbc;

    ValueProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(EnvValueChanged event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        OffsetDateTime changedAt = requireNonNullElse(event.changedAt(), when).atOffset(UTC);
        jdbc.sql("""
                insert into secrets.env_value
                  (organization_id, source_id, key, version, held, changed_at, changed_by)
                values (?, ?, ?, ?, true, ?, ?)
                on conflict (organization_id, source_id, key) do update
                set version = excluded.version, held = true, changed_at = excluded.changed_at,
                    changed_by = excluded.changed_by
                """).params(event.organizationId().value(), event.sourceId().value(), event.key().value(),
                event.version(), changedAt, actor).update();
        jdbc.sql("""
                insert into secrets.env_version
                  (organization_id, source_id, key, version, secret_id, restored_from, changed_at, changed_by)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """).params(event.organizationId().value(), event.sourceId().value(), event.key().value(),
                event.version(), event.value().id()).param(event.restoredFrom()).params(changedAt, actor).update();
        jdbc.sql("""
                delete from secrets.env_version
                where organization_id = ? and source_id = ? and key = ? and version <= ?
                """).params(event.organizationId().value(), event.sourceId().value(), event.key().value(),
                event.version() - NativeValues.KEPT_VERSIONS).update();
    }

    @EventHandler
    void on(EnvValueRemoved event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        jdbc.sql("""
                update secrets.env_value set version = ?, held = false, changed_at = ?, changed_by = ?
                where organization_id = ? and source_id = ? and key = ?
                """).params(event.version(), when.atOffset(UTC), actor, event.organizationId().value(),
                event.sourceId().value(), event.key().value()).update();
        jdbc.sql("delete from secrets.env_version where organization_id = ? and source_id = ? and key = ?")
                .params(event.organizationId().value(), event.sourceId().value(), event.key().value()).update();
    }

    @EventHandler
    void on(SourceRemoved event) {
        jdbc.sql("delete from secrets.env_version where organization_id = ? and source_id = ?")
                .params(event.organizationId().value(), event.sourceId().value()).update();
        jdbc.sql("delete from secrets.env_value where organization_id = ? and source_id = ?")
                .params(event.organizationId().value(), event.sourceId().value()).update();
    }
}
