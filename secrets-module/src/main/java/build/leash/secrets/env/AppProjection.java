package build.leash.secrets.env;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.Commands;
import build.leash.access.api.event.Rebuild;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.event.AppRegistered;
import build.leash.secrets.api.event.AppRemoved;
import build.leash.secrets.api.event.AppRenamed;
import build.leash.secrets.api.event.ManifestSynced;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code secrets.env_app}, the apps that are registered. Its primary key lets a name be taken once. */
final class AppProjection {

    static final Rebuild REBUILD = Rebuild.state("apps", "secrets.env_app", "organization_id", """
            select app.organization_id, app.data ->> 'app', (app.data ->> 'appId')::uuid,
              coalesce(renamed.data ->> 'displayName', app.data ->> 'displayName'),
              array(select jsonb_array_elements_text(sync.data -> 'keys')), app.at, app.actor, sync.at, sync.actor
            from log app left join (
              select distinct on (data ->> 'appId') data ->> 'appId' as app_id, at, actor, data
              from log where type = 'secrets.manifest-synced' order by data ->> 'appId', global_index desc
            ) sync on sync.app_id = app.data ->> 'appId' left join (
              select distinct on (data ->> 'appId') data ->> 'appId' as app_id, data
              from log where type = 'secrets.app-renamed' order by data ->> 'appId', global_index desc
            ) renamed on renamed.app_id = app.data ->> 'appId'
            where app.type = 'secrets.app-registered' and app.data ->> 'appId' not in
              (select data ->> 'appId' from log where type = 'secrets.app-removed')
            """);

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
    void on(AppRenamed event) {
        jdbc.sql("update secrets.env_app set display_name = ? where app_id = ?")
                .params(event.displayName().value(), event.appId().value()).update();
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
