package build.leash.secrets.env;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.Commands;
import build.leash.access.api.event.Rebuild;
import build.leash.secrets.api.event.NotificationsSet;
import build.leash.secrets.api.event.NotificationsStopped;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code secrets.env_notifications}: where each organization is told. A row stays, for the sake of its version. */
final class NotificationsProjection {

    static final Rebuild REBUILD = Rebuild.state("notifications", "secrets.env_notifications", "organization_id", """
            select distinct on (organization_id) organization_id, data ->> 'url', (data -> 'secret' ->> 'id')::uuid,
              (data ->> 'version')::bigint, at, actor
            from log where type in ('secrets.notifications-set', 'secrets.notifications-stopped')
            order by organization_id, global_index desc
            """);

    private final JdbcClient jdbc;

    NotificationsProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(NotificationsSet event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        jdbc.sql("""
                insert into secrets.env_notifications
                  (organization_id, url, secret_id, version, changed_at, changed_by)
                values (?, ?, ?, ?, ?, ?)
                on conflict (organization_id) do update
                set url = excluded.url, secret_id = excluded.secret_id, version = excluded.version,
                    changed_at = excluded.changed_at, changed_by = excluded.changed_by
                """).params(event.organizationId().value(), event.url(), event.secret().id(), event.version(),
                when.atOffset(UTC), actor).update();
    }

    @EventHandler
    void on(NotificationsStopped event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        jdbc.sql("""
                update secrets.env_notifications
                set url = null, secret_id = null, version = ?, changed_at = ?, changed_by = ?
                where organization_id = ?
                """).params(event.version(), when.atOffset(UTC), actor, event.organizationId().value()).update();
    }
}
