package build.leash.app.audit.replay;

import build.leash.access.api.event.Rebuild;
import build.leash.app.audit.replay.TableReport.Difference;
import build.leash.app.audit.replay.TableReport.Digest;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares a live table with its shadow, and puts the shadow's rows where they differ. */
final class Comparison {

    static final int MAX_DIFFERENCES = 100;

    private final JdbcClient jdbc;

    Comparison(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * In parts by the hashes' first byte, because PostgreSQL keeps no text longer than a gigabyte. {@code offset 0} has
     * each row hashed once, and only hashes sorted: without it whole rows are, and hashed for each use again.
     */
    Digest digest(String relation) {
        return jdbc
                .sql("""
                        select coalesce(sum(rows), 0), encode(sha256(coalesce(string_agg(part, ''::bytea order by byte), '')), 'hex')
                        from (
                          select get_byte(hash, 0) as byte, count(*) as rows,
                            sha256(string_agg(hash, ''::bytea order by hash)) as part
                          from (select sha256(convert_to(t::text, 'UTF8')) as hash from %s t offset 0) hashes
                          group by 1
                        ) parts
                        """
                        .formatted(relation))
                .query((row, number) -> new Digest(row.getLong(1), row.getString(2))).single();
    }

    /** @param live the table, or a query in parentheses for some of its rows */
    TableReport report(Rebuild rebuild, String live, Digest liveDigest, String shadow, Digest replayed) {
        return new TableReport(rebuild.table(), liveDigest, replayed,
                liveDigest.equals(replayed) ? List.of() : differences(rebuild, live, shadow));
    }

    /** The organizations whose rows are not alike. */
    List<UUID> differing(Rebuild rebuild, String live, String shadow) {
        String organization = rebuild.organizationColumn();
        return jdbc.sql("select distinct coalesce(l." + organization + ", s." + organization + ") from " + live
                + " l full join " + shadow + " s using (" + String.join(", ", key(rebuild.table()))
                + ") where l is distinct from s").query((row, number) -> row.getObject(1, UUID.class)).list();
    }

    /** Makes the live rows of these organizations equal to the shadow's, and touches no row that is. */
    int replace(Rebuild rebuild, String shadow, Collection<UUID> organizations) {
        String live = some(rebuild.table(), rebuild);
        String rebuilt = some(shadow, rebuild);
        String same = key(rebuild.table()).stream().map(column -> "l." + column + " = s." + column)
                .collect(Collectors.joining(" and "));
        UUID[] ids = organizations.toArray(UUID[]::new);
        int deleted = jdbc.sql("delete from " + rebuild.table() + " l using (select l.* from " + live + " l left join "
                + rebuilt + " s on " + same + " where s is distinct from l) s where " + same)
                .param("organizations", ids).update();
        return deleted + jdbc.sql("insert into " + rebuild.table() + " select s.* from " + rebuilt + " s left join "
                + live + " l on " + same + " where l is null").param("organizations", ids).update();
    }

    private static String some(String table, Rebuild rebuild) {
        return "(select * from " + table + " where " + rebuild.organizationColumn() + " = any(:organizations))";
    }

    private List<Difference> differences(Rebuild rebuild, String live, String shadow) {
        List<String> key = key(rebuild.table());
        String columns = String.join(", ", key);
        String json = key.stream().map(column -> "'" + column + "', " + column).collect(Collectors.joining(", "));
        return jdbc.sql("select jsonb_build_object(" + json + ")::text, case when l is null then 'missing'"
                + " when s is null then 'surplus' else 'changed' end from " + live + " l full join " + shadow
                + " s using (" + columns + ") where l is distinct from s order by 1 limit " + MAX_DIFFERENCES)
                .query((row, number) -> new Difference(row.getString(1), row.getString(2))).list();
    }

    private List<String> key(String table) {
        return jdbc.sql("""
                select quote_ident(a.attname) from pg_index i
                  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
                where i.indrelid = ?::regclass and i.indisprimary order by a.attnum
                """).param(table).query((row, number) -> row.getString(1)).list();
    }
}
