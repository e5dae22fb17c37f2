package build.leash.secrets.env;

import build.leash.access.api.AppName;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.AppId;
import build.leash.secrets.api.AppView;
import build.leash.secrets.api.EnvKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code secrets.env_app}. */
final class StoredApps {

    private final JdbcClient jdbc;

    StoredApps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(AppId id, AppView view) {}

    Optional<Row> find(OrganizationId organization, AppName name) {
        return jdbc.sql("select * from secrets.env_app where organization_id = ? and name = ?")
                .params(organization.value(), name.value()).query(StoredApps::row).optional();
    }

    List<Row> list(OrganizationId organization) {
        return jdbc.sql("select * from secrets.env_app where organization_id = ? order by name")
                .param(organization.value()).query(StoredApps::row).list();
    }

    /** What these apps declare together. */
    List<EnvKey> declaredBy(OrganizationId organization, Collection<AppName> apps) {
        return jdbc.sql("""
                select distinct unnest(keys) as key from secrets.env_app
                where organization_id = ? and name = any(?) order by 1
                """).param(organization.value()).param(texts(apps))
                .query((row, number) -> EnvKey.of(row.getString(1))).list();
    }

    static String[] texts(Collection<AppName> apps) {
        return apps.stream().map(AppName::value).toArray(String[]::new);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        OffsetDateTime synced = row.getObject("synced_at", OffsetDateTime.class);
        String[] keys = (String[]) row.getArray("keys").getArray();
        return new Row(AppId.of(row.getString("app_id")), new AppView(AppName.of(row.getString("name")),
                row.getString("display_name"), Arrays.stream(keys).map(EnvKey::of).toList(),
                synced == null ? null : synced.toInstant(), row.getString("synced_by")));
    }
}
