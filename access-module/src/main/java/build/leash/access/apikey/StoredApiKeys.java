package build.leash.access.apikey;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyView;
import build.leash.access.api.AppKey;
import build.leash.access.api.AppKeys;
import build.leash.access.api.KeyHash;
import build.leash.access.api.AppName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.PlainApiKey;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code access.api_key}. */
final class StoredApiKeys {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final JdbcClient jdbc;

    StoredApiKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The key in force with this hash. One look-up by primary key. */
    Optional<Recognized> find(PlainApiKey key) {
        return jdbc.sql("""
                select id, organization_id, role, slugs, app from access.api_key
                where sha256 = ? and kind = ? and (expires_at is null or expires_at > now())
                """).params(key.sha256(), key.kind().toString()).query(StoredApiKeys::recognized).optional();
    }

    /** The app key with this hash, expired or not. One look-up by primary key. */
    Optional<AppKeys.Known> findApp(KeyHash hash) {
        return jdbc.sql("select id, organization_id, role, slugs, app, expires_at from access.api_key"
                + " where sha256 = ? and kind = ?").params(hash.bytes(), ApiKeyKind.APP.toString())
                .query((row, number) -> {
                    Recognized key = recognized(row, number);
                    return new AppKeys.Known(new AppKey(key.id(), key.organization(), key.slugs(),
                            requireNonNull(key.app())), expiry(row));
                }).optional();
    }

    Optional<ApiKeyView> find(OrganizationId organization, ApiKeyId id) {
        return jdbc.sql("select * from access.api_key where organization_id = ? and id = ?")
                .params(organization.value(), id.value()).query(StoredApiKeys::view).optional();
    }

    Page<ApiKeyView> list(OrganizationId organization, PageRequest page) {
        UUID after = page.after() == null ? BEFORE_ALL : ApiKeyId.of(page.after()).value();
        List<ApiKeyView> rows = jdbc
                .sql("select * from access.api_key where organization_id = ? and id > ? order by id limit ?")
                .params(organization.value(), after, page.limit() + 1).query(StoredApiKeys::view).list();
        return Page.of(rows, page.limit(), key -> key.id().toString());
    }

    /** Keys whose time is over, so many at most. */
    List<ApiKeyId> expired(OrganizationId organization, int limit) {
        return jdbc.sql("select id from access.api_key where organization_id = ? and expires_at <= now() limit ?")
                .params(organization.value(), limit).query((row, number) -> ApiKeyId.of(row.getString(1))).list();
    }

    Map<ApiKeyId, String> names(OrganizationId organization, Collection<ApiKeyId> ids) {
        Map<ApiKeyId, String> names = new HashMap<>();
        jdbc.sql("select id, name from access.api_key where organization_id = ? and id = any(?)")
                .params(organization.value(), ids.stream().map(ApiKeyId::value).toArray(UUID[]::new)).query(row -> {
                    names.put(ApiKeyId.of(row.getString(1)), row.getString(2));
                });
        return Map.copyOf(names);
    }

    /** What a presented key turns out to be. */
    record Recognized(ApiKeyId id, OrganizationId organization, @Nullable Role role, @Nullable Set<String> slugs,
            @Nullable AppName app) {}

    private static Recognized recognized(ResultSet row, int number) throws SQLException {
        String[] slugs = slugs(row);
        return new Recognized(ApiKeyId.of(row.getString("id")), OrganizationId.of(row.getString("organization_id")),
                role(row), slugs == null ? null : Set.of(slugs), app(row));
    }

    private static ApiKeyView view(ResultSet row, int number) throws SQLException {
        String[] slugs = slugs(row);
        return new ApiKeyView(ApiKeyId.of(row.getString("id")), ApiKeyKind.of(row.getString("kind")),
                row.getString("name"), role(row), slugs == null ? null : Arrays.stream(slugs).map(Slug::of).toList(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getString("created_by"),
                expiry(row), app(row));
    }

    private static @Nullable AppName app(ResultSet row) throws SQLException {
        String app = row.getString("app");
        return app == null ? null : AppName.of(app);
    }

    private static @Nullable Role role(ResultSet row) throws SQLException {
        String role = row.getString("role");
        return role == null ? null : Role.of(role);
    }

    private static String @Nullable [] slugs(ResultSet row) throws SQLException {
        Array slugs = row.getArray("slugs");
        return slugs == null ? null : (String[]) slugs.getArray();
    }

    private static @Nullable Instant expiry(ResultSet row) throws SQLException {
        OffsetDateTime expiry = row.getObject("expires_at", OffsetDateTime.class);
        return expiry == null ? null : expiry.toInstant();
    }
}
