package build.leash.app.database;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The role that Leash runs with, where another one owns the schemas: it is given what it needs on every table, and on
 * those that are evidence no more than reading and adding. It cannot disable their triggers either, as an owner could.
 */
final class RuntimeRole {

    private static final List<String> APPEND_ONLY = List.of("eventstore.domain_event", "audit.leaf",
            "audit.checkpoint", "audit.read");

    private final JdbcClient owner;
    private final TransactionTemplate transaction;
    private final String name;

    /** @param owner connects as the role that owns the schemas */
    RuntimeRole(DataSource owner, String name) {
        this.owner = JdbcClient.create(owner);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(owner));
        this.name = name;
    }

    /** In one transaction, so that it never has too much or too little. Does nothing if it owns the schemas itself. */
    void grant(List<String> schemas) {
        transaction.executeWithoutResult(status -> quotedUnlessOwner().ifPresent(role -> grant(schemas, role)));
    }

    /** Nodes that start together take turns: PostgreSQL lets no two transactions change the rights of one table. */
    private void grant(List<String> schemas, String role) {
        owner.sql("select 1 from pg_advisory_xact_lock(hashtextextended('leash:runtime-role', 0))").query(Long.class)
                .single();
        for (String schema : schemas) {
            execute("grant usage on schema " + schema + " to " + role);
            execute("grant select, insert, update, delete on all tables in schema " + schema + " to " + role);
            execute("grant usage, select on all sequences in schema " + schema + " to " + role);
            execute("grant execute on all functions in schema " + schema + " to " + role);
            execute("revoke all on " + schema + ".flyway_schema_history from " + role);
        }
        APPEND_ONLY.forEach(table -> execute("revoke update, delete, truncate on " + table + " from " + role));
        partitions().forEach(partition -> execute("revoke all on " + partition + " from " + role));
    }

    /** They are reached by way of the table that they are part of, and by its rights. */
    private List<String> partitions() {
        return owner.sql("select inhrelid::regclass::text from pg_inherits where inhparent = 'audit.read'::regclass")
                .query((row, number) -> row.getString(1)).list();
    }

    private Optional<String> quotedUnlessOwner() {
        return owner.sql("select quote_ident(:name) where current_user <> :name").param("name", name)
                .query(String.class).optional();
    }

    private void execute(String sql) {
        owner.sql(sql).update();
    }
}
