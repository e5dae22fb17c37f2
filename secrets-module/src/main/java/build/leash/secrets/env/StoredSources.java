package build.leash.secrets.env;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.api.SourceView;
import build.leash.secrets.api.SourceView.SyncView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code secrets.env_source} and how asking each went. */
final class StoredSources {

    private static final String SELECT = """
            select s.*, y.tried_at, y.succeeded_at, y.asked from secrets.env_source s
            left join secrets.env_sync y on y.organization_id = s.organization_id and y.source_id = s.source_id
            """;

    private final JdbcClient jdbc;

    StoredSources(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A source with what views do not show.
     *
     * @param asked the keys for which it was asked when it last answered
     */
    record Row(OrganizationId organization, SourceView view, @Nullable SecretRef credential, Set<String> asked) {

        SourceId id() {
            return view.id();
        }

        /** What an owner can change about it, as it is. */
        SourceTraits traits() {
            return new SourceTraits(DisplayName.of(view.name()), view.settings(), credential, view.apps(),
                    view.staleSeconds());
        }

        boolean isExternal() {
            return view.kind().isExternal();
        }

        boolean isFailing() {
            return view.sync() != null && view.sync().failingSince() != null;
        }
    }

    Optional<Row> find(OrganizationId organization, SourceId id) {
        return jdbc.sql(SELECT + "where s.organization_id = ? and s.source_id = ?")
                .params(organization.value(), id.value()).query(StoredSources::row).optional();
    }

    List<Row> list(OrganizationId organization) {
        return jdbc.sql(SELECT + "where s.organization_id = ? order by s.name, s.source_id")
                .param(organization.value()).query(StoredSources::row).list();
    }

    /** Those that the app may read. */
    List<Row> readableBy(OrganizationId organization, AppName app) {
        return jdbc.sql(SELECT + "where s.organization_id = ? and ? = any(s.apps) order by s.source_id")
                .params(organization.value(), app.value()).query(StoredSources::row).list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        SourceKind kind = SourceKind.of(row.getString("kind"));
        UUID credential = row.getObject("credential_id", UUID.class);
        SourceView view = new SourceView(SourceId.of(row.getString("source_id")), row.getString("name"), kind,
                SettingsJson.read(row.getString("settings")), credential != null,
                Arrays.stream(texts(row, "apps")).map(AppName::of).toList(), row.getLong("stale_seconds"),
                row.getLong("version"), instant(row, "added_at"), row.getString("added_by"),
                instant(row, "changed_at"), row.getString("changed_by"), kind.isExternal() ? sync(row) : null);
        return new Row(OrganizationId.of(row.getString("organization_id")), view,
                credential == null ? null : new SecretRef(credential, row.getLong("credential_version")),
                Arrays.stream(texts(row, "asked")).collect(Collectors.toUnmodifiableSet()));
    }

    private static SyncView sync(ResultSet row) throws SQLException {
        return new SyncView(optionalInstant(row, "succeeded_at"), optionalInstant(row, "tried_at"),
                optionalInstant(row, "failing_since"), row.getString("failure"));
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return row.getArray(column) == null ? new String[0] : (String[]) row.getArray(column).getArray();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
