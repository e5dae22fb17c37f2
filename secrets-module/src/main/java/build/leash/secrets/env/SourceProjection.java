package build.leash.secrets.env;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.Commands;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.event.SourceAdded;
import build.leash.secrets.api.event.SourceChanged;
import build.leash.secrets.api.event.SourceFailed;
import build.leash.secrets.api.event.SourceRecovered;
import build.leash.secrets.api.event.SourceRemoved;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code secrets.env_source}, the sources that there are. */
final class SourceProjection {

    private final JdbcClient jdbc;

    SourceProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(SourceAdded event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        @Nullable
        SecretRef credential = event.credential();
        jdbc.sql("""
                insert into secrets.env_source
                  (organization_id, source_id, name, kind, settings, credential_id, credential_version, apps,
                   stale_seconds, version, added_at, added_by, changed_at, changed_by)
                values (:organization, :source, :name, :kind, :settings::jsonb, :credential, :sealedFor, :apps,
                        :stale, 1, :when, :actor, :when, :actor)
                """).param("organization", event.organizationId().value()).param("source", event.sourceId().value())
                .param("name", event.name().value()).param("kind", event.kind().toString())
                .param("settings", SettingsJson.write(event.settings()))
                .param("credential", credential == null ? null : credential.id())
                .param("sealedFor", credential == null ? null : credential.version())
                .param("apps", StoredApps.texts(event.apps())).param("stale", event.staleSeconds())
                .param("when", when.atOffset(UTC)).param("actor", actor).update();
    }

    @EventHandler
    void on(SourceChanged event, @Timestamp Instant when, @MetaDataValue(Commands.ACTOR) String actor) {
        @Nullable
        SecretRef credential = event.credential();
        jdbc.sql("""
                update secrets.env_source
                set name = :name, settings = :settings::jsonb, credential_id = :credential,
                    credential_version = :sealedFor, apps = :apps, stale_seconds = :stale, version = :version,
                    changed_at = :when, changed_by = :actor
                where organization_id = :organization and source_id = :source
                """).param("organization", event.organizationId().value()).param("source", event.sourceId().value())
                .param("name", event.name().value()).param("settings", SettingsJson.write(event.settings()))
                .param("credential", credential == null ? null : credential.id())
                .param("sealedFor", credential == null ? null : credential.version())
                .param("apps", StoredApps.texts(event.apps())).param("stale", event.staleSeconds())
                .param("version", event.version()).param("when", when.atOffset(UTC)).param("actor", actor).update();
    }

    @EventHandler
    void on(SourceFailed event, @Timestamp Instant when) {
        jdbc.sql("""
                update secrets.env_source set failing_since = ?, failure = ?
                where organization_id = ? and source_id = ?
                """).params(when.atOffset(UTC), event.reason(), event.organizationId().value(),
                event.sourceId().value()).update();
    }

    @EventHandler
    void on(SourceRecovered event) {
        jdbc.sql("""
                update secrets.env_source set failing_since = null, failure = null
                where organization_id = ? and source_id = ?
                """).params(event.organizationId().value(), event.sourceId().value()).update();
    }

    @EventHandler
    void on(SourceRemoved event) {
        jdbc.sql("delete from secrets.env_source where organization_id = ? and source_id = ?")
                .params(event.organizationId().value(), event.sourceId().value()).update();
    }
}
