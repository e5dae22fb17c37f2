package build.leash.secrets.env;

import static java.time.ZoneOffset.UTC;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SourceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes {@code secrets.env_sync}: how asking each external source went. */
final class StoredSyncs {

    private final JdbcClient jdbc;

    StoredSyncs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A source that it is time to ask. */
    record Due(OrganizationId organization, SourceId source) {}

    /** @param when the question began */
    void answered(StoredSources.Row source, Instant when, Collection<EnvKey> asked) {
        jdbc.sql("""
                insert into secrets.env_sync (organization_id, source_id, tried_at, succeeded_at, asked)
                values (:organization, :source, :when, :when, :asked)
                on conflict (organization_id, source_id) do update
                set tried_at = excluded.tried_at, succeeded_at = excluded.succeeded_at, asked = excluded.asked
                """).param("organization", source.organization().value()).param("source", source.id().value())
                .param("when", when.atOffset(UTC))
                .param("asked", asked.stream().map(EnvKey::value).toArray(String[]::new)).update();
    }

    void tried(OrganizationId organization, SourceId source, Instant when) {
        jdbc.sql("""
                insert into secrets.env_sync (organization_id, source_id, tried_at, asked) values (?, ?, ?, '{}')
                on conflict (organization_id, source_id) do update set tried_at = excluded.tried_at
                """).params(organization.value(), source.value(), when.atOffset(UTC)).update();
    }

    /** What the source answered counts no longer. */
    void forget(OrganizationId organization, SourceId source) {
        jdbc.sql("delete from secrets.env_sync where organization_id = ? and source_id = ?")
                .params(organization.value(), source.value()).update();
    }

    /**
     * Takes external sources that were last asked or taken before this time, or never; those that wait longest first. No
     * other node takes them until as much time has passed again. {@code greatest} passes over nulls.
     */
    List<Due> take(Instant now, Instant before, int limit) {
        return jdbc.sql("""
                insert into secrets.env_sync as held (organization_id, source_id, taken_at, asked)
                select s.organization_id, s.source_id, :now, '{}' from secrets.env_source s
                left join secrets.env_sync y on y.organization_id = s.organization_id and y.source_id = s.source_id
                where s.kind <> 'native' and coalesce(greatest(y.tried_at, y.taken_at) < :before, true)
                order by greatest(y.tried_at, y.taken_at) nulls first, s.source_id limit :limit
                on conflict (organization_id, source_id) do update set taken_at = excluded.taken_at
                where coalesce(greatest(held.tried_at, held.taken_at) < :before, true)
                returning organization_id, source_id
                """).param("now", now.atOffset(UTC)).param("before", before.atOffset(UTC)).param("limit", limit)
                .query((row, number) -> new Due(OrganizationId.of(row.getString(1)), SourceId.of(row.getString(2))))
                .list();
    }
}
