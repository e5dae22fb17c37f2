package build.leash.secrets.env;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.Commands;
import build.leash.access.api.event.Rebuild;
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

    static final Rebuild REBUILD = Rebuild.state("sources", "secrets.env_source", "organization_id",
            """
                    select organization_id, source_id, described ->> 'name', added ->> 'kind', described -> 'settings',
                      (described -> 'credential' ->> 'id')::uuid, (described -> 'credential' ->> 'version')::bigint,
                      array(select jsonb_array_elements_text(described -> 'apps')), (described ->> 'staleSeconds')::bigint,
                      coalesce((described ->> 'version')::bigint, 1),
                      case when health = 'secrets.source-failed' then health_at end,
                      case when health = 'secrets.source-failed' then health_data ->> 'reason' end,
                      added_at, added_by, changed_at, changed_by
                    from (
                      select organization_id, (data ->> 'sourceId')::uuid as source_id,
                        (array_agg(data order by global_index desc) filter (where type = 'secrets.source-added'))[1] as added,
                        (array_agg(at order by global_index desc) filter (where type = 'secrets.source-added'))[1] as added_at,
                        (array_agg(actor order by global_index desc) filter (where type = 'secrets.source-added'))[1] as added_by,
                        (array_agg(data order by global_index desc) filter (where describes))[1] as described,
                        (array_agg(at order by global_index desc) filter (where describes))[1] as changed_at,
                        (array_agg(actor order by global_index desc) filter (where describes))[1] as changed_by,
                        (array_agg(type order by global_index desc) filter (where not describes))[1] as health,
                        (array_agg(at order by global_index desc) filter (where not describes))[1] as health_at,
                        (array_agg(data order by global_index desc) filter (where not describes))[1] as health_data
                      from (
                        select *, type in ('secrets.source-added', 'secrets.source-changed') as describes from log
                        where type in ('secrets.source-added', 'secrets.source-changed', 'secrets.source-failed',
                          'secrets.source-recovered', 'secrets.source-removed')
                      ) change
                      group by 1, 2 having not bool_or(type = 'secrets.source-removed')
                    ) source
                    """);

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
