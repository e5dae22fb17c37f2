package build.leash.app.audit.replay;

import build.leash.access.api.event.Rebuild;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares a live table with its shadow, and puts the shadow's rows where they differ. */
final class Comparison {

    static final int MAX_DIFFERENCES = 100;

    private final JdbcClient jdbc;

    Comparison(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param organization whose rows are compared; null for all */
    TableReport compare(Rebuild rebuild, String shadow, @Nullable UUID organization) {
        String live = scoped(rebuild, organization);
        TableReport.Digest one = digest(live);
        TableReport.Digest other = digest(shadow);
        return new TableReport(rebuild.table(), one, other,
                one.equals(other) ? List.of() : differences(rebuild, live, shadow));
    }

    /** Makes the live rows equal to the shadow's, and touches no row that is. */
    int replace(Rebuild rebuild, String shadow, @Nullable UUID organization) {
        String live = scoped(rebuild, organization);
        String same = key(rebuild.table()).stream().map(column -> "l." + column + " = s." + column)
                .collect(Collectors.joining(" and "));
        int deleted = jdbc
                .sql("delete from " + rebuild.table() + " l using (" + "select l.* from " + live + " l left join "
                        + shadow + " s on " + same + " where s is distinct from l) s where " + same)
                .update();
        return deleted
                + jdbc.sql("insert into " + rebuild.table() + " select s.* from " + shadow + " s left join " + live
                        + " l on " + same + " where l is null").update();
    }

    private TableReport.Digest digest(String relation) {
        return jdbc.sql("""
                select count(*), encode(sha256(coalesce(string_agg(hash, ''::bytea order by hash), '')), 'hex')
                from (select sha256(convert_to(t::text, 'UTF8')) as hash from %s t) hashes
                """.formatted(relation))
                .query((row, number) -> new TableReport.Digest(row.getLong(1), row.getString(2)))
                .single();
    }

    private List<TableReport.Difference> differences(Rebuild rebuild, String live, String shadow) {
        List<String> key = key(rebuild.table());
        String columns = String.join(", ", key);
        String json = key.stream().map(column -> "'" + column + "', " + column).collect(Collectors.joining(", "));
        return jdbc.sql("select jsonb_build_object(" + json + ")::text, case when l is null then 'missing'"
                + " when s is null then 'surplus' else 'changed' end from " + live + " l full join " + shadow
                + " s using (" + columns + ") where l is distinct from s order by 1 limit " + MAX_DIFFERENCES)
                .query((row, number) -> new TableReport.Difference(row.getString(1), row.getString(2))).list();
    }

    private List<String> key(String table) {
        return jdbc.sql("""
                select quote_ident(a.attname) from pg_index i
                  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
                where i.indrelid = ?::regclass and i.indisprimary order by a.attnum
                """).param(table).query((row, number) -> row.getString(1)).list();
    }

    private static String scoped(Rebuild rebuild, @Nullable UUID organization) {
        return organization == null
                ? rebuild.table()
                : "(select * from " + rebuild.table() + " where " + rebuild.organizationColumn() + " = '" + organization
                        + "')";
    }
}
