package build.leash.app.database;

import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Each module has a schema of its own, with its own migrations and their history. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

    /** From the lowest floor to the highest, then what belongs to this one. */
    static final List<String> SCHEMAS = List.of("access", "billing", "secrets", "registry", "config",
            "eventstore", "audit", "web");

    /** The role that migrates owns the schemas. It may be another one than Leash runs with ({@code spring.flyway.user}). */
    @Bean
    FlywayMigrationStrategy migrateEachSchema(JdbcConnectionDetails database) {
        return flyway -> {
            DataSource owner = Objects.requireNonNull(flyway.getConfiguration().getDataSource());
            MigratedSchemas migrated = new MigratedSchemas(owner, SCHEMAS);
            for (String schema : SCHEMAS) {
                if (!migrated.isCurrent(schema)) {
                    Flyway.configure().configuration(flyway.getConfiguration()).schemas(schema).defaultSchema(schema)
                            .locations("classpath:db/migration/" + schema).load().migrate();
                    migrated.note(schema);
                }
            }
            String runtime = database.getUsername();
            if (runtime != null) {
                new RuntimeRole(owner, runtime).grant(SCHEMAS);
            }
        };
    }
}
