package build.leash.secrets.env;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNullElse;

import build.leash.access.api.Commands;
import build.leash.secrets.api.NativeValues;
import build.leash.secrets.api.event.EnvValueChanged;
import build.leash.secrets.api.event.EnvValueRemoved;
import build.leash.secrets.api.event.SourceRemoved;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code secrets.env_value} and {@code secrets.env_version}: what sources hold, and the versions that are kept. */
final class ValueProjection {

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
