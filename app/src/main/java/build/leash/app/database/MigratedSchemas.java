package build.leash.app.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which schemas have all migrations of this build: their comment is a digest of the files. Flyway finds the same out from
 * their histories, but takes some 50 ms for each of them at every start. Whatever has another comment, or none, is
 * Flyway's to look at.
 */
final class MigratedSchemas {

    private static final String MARK = "Migrated: ";

    private final JdbcClient owner;
    private final TransactionTemplate transaction;
    private final Map<String, String> comments = new HashMap<>();

    /**
     * As they are now.
     *
     * @param owner connects as the role that owns the schemas
     */
    MigratedSchemas(DataSource owner, List<String> schemas) {
        this.owner = JdbcClient.create(owner);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(owner));
        this.owner.sql("""
                select nspname, obj_description(oid, 'pg_namespace') as comment from pg_namespace
                where nspname in (:schemas) and obj_description(oid, 'pg_namespace') is not null""")
                .param("schemas", schemas)
                .query(row -> {
                    comments.put(row.getString("nspname"), row.getString("comment"));
                });
    }

    boolean isCurrent(String schema) {
        return mark(schema).equals(comments.get(schema));
    }

    /** Nodes that start together take turns: PostgreSQL lets no two transactions change one comment. */
    void note(String schema) {
        transaction.executeWithoutResult(status -> {
            owner.sql("select 1 from pg_advisory_xact_lock(hashtextextended('leash:migrated', 0))").query(Long.class)
                    .single();
            owner.sql("comment on schema " + schema + " is '" + mark(schema) + "'").update();
        });
    }

    private static String mark(String schema) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Resource[] files = new PathMatchingResourcePatternResolver()
                    .getResources("classpath:db/migration/" + schema + "/*.sql");
            Arrays.sort(files, Comparator.comparing(MigratedSchemas::name));
            for (Resource file : files) {
                byte[] sql = file.getContentAsByteArray();
                digest.update((name(file) + " " + sql.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(sql);
            }
            return MARK + HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the migrations of " + schema, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(Resource file) {
        return Objects.requireNonNull(file.getFilename());
    }
}
