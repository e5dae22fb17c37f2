package build.leash.secrets.env;

import build.leash.access.api.AppName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.NativeValues.VersionView;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.api.ValueView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code secrets.env_value} and {@code secrets.env_version}. */
final class StoredValues {

    /** Of several sources that hold a key, the one that changed most recently comes first: it wins. */
    private static final String VIEW = """
            select v.*, s.name, s.kind from secrets.env_value v
            join secrets.env_source s on s.organization_id = v.organization_id and s.source_id = v.source_id
            where v.organization_id = :organization and v.held and (:source::uuid is null or v.source_id = :source)
              and (:keys::text[] is null or v.key = any(:keys))
            order by v.key, v.changed_at desc, v.source_id
            """;

    private final JdbcClient jdbc;

    StoredValues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A value that an app may read. */
    record Held(SourceId source, EnvKey key, SecretRef value, Instant changedAt) {}

    /** @param held false if it was removed */
    record Entry(long version, boolean held) {}

    List<ValueView> list(OrganizationId organization, @Nullable SourceId source) {
        return views(organization, source, null);
    }

    Optional<ValueView> find(OrganizationId organization, SourceId source, EnvKey key) {
        return views(organization, source, List.of(key)).stream().findFirst();
    }

    Page<ValueView> byKey(OrganizationId organization, PageRequest page) {
        List<EnvKey> oneMore = jdbc.sql("""
                select distinct key from secrets.env_value
                where organization_id = :organization and held and (:after::text is null or key > :after)
                order by key limit :limit
                """).param("organization", organization.value()).param("after", page.after())
                .param("limit", page.limit() + 1).query((row, number) -> EnvKey.of(row.getString(1))).list();
        Page<EnvKey> keys = Page.of(oneMore, page.limit(), EnvKey::value);
        return new Page<>(views(organization, null, keys.items()), keys.next());
    }

    Map<SourceId, Integer> counts(OrganizationId organization) {
        return jdbc.sql("""
                select source_id, count(*) from secrets.env_value where organization_id = ? and held group by source_id
                """).params(organization.value())
                .query((row, number) -> Map.entry(SourceId.of(row.getString(1)), row.getInt(2))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** @param keys null for all */
    private List<ValueView> views(OrganizationId organization, @Nullable SourceId source,
            @Nullable List<EnvKey> keys) {
        return jdbc.sql(VIEW).param("organization", organization.value())
                .param("source", source == null ? null : source.value())
                .param("keys", keys == null ? null : keys.stream().map(EnvKey::value).toArray(String[]::new))
                .query(StoredValues::view).list();
    }

    /** What the sources hold that the app may read, by key; of each key the winner first. */
    List<Held> readableBy(OrganizationId organization, AppName app, Collection<EnvKey> keys) {
        return jdbc.sql("""
                select v.source_id, v.key, v.version, v.changed_at, e.secret_id from secrets.env_value v
                join secrets.env_source s on s.organization_id = v.organization_id and s.source_id = v.source_id
                join secrets.env_version e on e.organization_id = v.organization_id and e.source_id = v.source_id
                  and e.key = v.key and e.version = v.version
                where v.organization_id = ? and v.held and ? = any(s.apps) and v.key = any(?)
                order by v.key, v.changed_at desc, v.source_id
                """).params(organization.value(), app.value())
                .param(keys.stream().map(EnvKey::value).toArray(String[]::new)).query(StoredValues::held).list();
    }

    /** The names of what the sources hold that the app may read. */
    Set<EnvKey> heldFor(OrganizationId organization, AppName app) {
        return jdbc.sql("""
                select distinct v.key from secrets.env_value v
                join secrets.env_source s on s.organization_id = v.organization_id and s.source_id = v.source_id
                where v.organization_id = ? and v.held and ? = any(s.apps)
                """).params(organization.value(), app.value())
                .query((row, number) -> EnvKey.of(row.getString(1))).stream().collect(Collectors.toSet());
    }

    /** What a source holds, with the references. */
    List<Held> heldBy(OrganizationId organization, SourceId source) {
        return jdbc.sql("""
                select v.source_id, v.key, v.version, v.changed_at, e.secret_id from secrets.env_value v
                join secrets.env_version e on e.organization_id = v.organization_id and e.source_id = v.source_id
                  and e.key = v.key and e.version = v.version
                where v.organization_id = ? and v.source_id = ? and v.held
                """).params(organization.value(), source.value()).query(StoredValues::held).list();
    }

    /** The value under this key, or the trace of one that was removed. */
    Optional<Entry> entry(OrganizationId organization, SourceId source, EnvKey key) {
        return jdbc.sql("""
                select version, held from secrets.env_value where organization_id = ? and source_id = ? and key = ?
                """).params(organization.value(), source.value(), key.value())
                .query((row, number) -> new Entry(row.getLong(1), row.getBoolean(2))).optional();
    }

    int count(OrganizationId organization, SourceId source) {
        return jdbc.sql("select count(*) from secrets.env_value where organization_id = ? and source_id = ? and held")
                .params(organization.value(), source.value()).query(Integer.class).single();
    }

    Optional<SecretRef> version(OrganizationId organization, SourceId source, EnvKey key, long version) {
        return jdbc.sql("""
                select secret_id from secrets.env_version
                where organization_id = ? and source_id = ? and key = ? and version = ?
                """).params(organization.value(), source.value(), key.value(), version)
                .query((row, number) -> new SecretRef(row.getObject(1, UUID.class), version)).optional();
    }

    List<VersionView> versions(OrganizationId organization, SourceId source, EnvKey key) {
        return jdbc.sql("""
                select * from secrets.env_version where organization_id = ? and source_id = ? and key = ?
                order by version desc
                """).params(organization.value(), source.value(), key.value())
                .query((row, number) -> new VersionView(row.getLong("version"), changedAt(row),
                        row.getString("changed_by"), row.getObject("restored_from", Long.class)))
                .list();
    }

    private static Held held(ResultSet row, int number) throws SQLException {
        return new Held(SourceId.of(row.getString("source_id")), EnvKey.of(row.getString("key")),
                new SecretRef(row.getObject("secret_id", UUID.class), row.getLong("version")), changedAt(row));
    }

    private static ValueView view(ResultSet row, int number) throws SQLException {
        return new ValueView(SourceId.of(row.getString("source_id")), row.getString("name"),
                SourceKind.of(row.getString("kind")), EnvKey.of(row.getString("key")), row.getLong("version"),
                changedAt(row), row.getString("changed_by"));
    }

    private static Instant changedAt(ResultSet row) throws SQLException {
        return row.getObject("changed_at", OffsetDateTime.class).toInstant();
    }
}
