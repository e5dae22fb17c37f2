package build.leash.secrets.env;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.Commands;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.event.AppRegistered;
import build.leash.secrets.api.event.AppRemoved;
import build.leash.secrets.api.event.ManifestSynced;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code secrets.env_app}, the apps that are registered. Its primary key lets a name be taken once. */
final class AppProjection {

    private final JdbcClient jdbc;

    AppProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(AppRegistered event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        jdbc.sql("""
                insert into secrets.env_app
                  (organization_id, name, app_id, display_name, keys, registered_at, registered_by)
                values (?, ?, ?, ?, '{}', ?, ?)
                """).params(event.organizationId().value(), event.app().value(), event.appId().value(),
                event.displayName().value(), when.atOffset(UTC), actor).update();
    }

    @EventHandler
    void on(ManifestSynced event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        jdbc.sql("update secrets.env_app set keys = ?, synced_at = ?, synced_by = ? where app_id = ?")
                .param(event.keys().stream().map(EnvKey::value).toArray(String[]::new))
                .params(when.atOffset(UTC), actor, event.appId().value()).update();
    }

    @EventHandler
    void on(AppRemoved event) {
        jdbc.sql("delete from secrets.env_app where app_id = ?").param(event.appId().value()).update();
    }
}
