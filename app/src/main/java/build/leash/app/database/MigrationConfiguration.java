package build.leash.app.database;

import java.util.List;
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
    private static final List<String> SCHEMAS = List.of("access", "billing", "secrets", "registry", "config",
            "eventstore", "audit", "web");

    /** The role that migrates owns the schemas. It may be another one than Leash runs with ({@code spring.flyway.user}). */
    @Bean
    FlywayMigrationStrategy migrateEachSchema(JdbcConnectionDetails database) {
        return flyway -> {
            SCHEMAS.forEach(schema -> Flyway.configure().configuration(flyway.getConfiguration())
                    .schemas(schema).defaultSchema(schema).locations("classpath:db/migration/" + schema).load()
                    .migrate());
            String runtime = database.getUsername();
            DataSource owner = flyway.getConfiguration().getDataSource();
            if (runtime != null && owner != null) {
                new RuntimeRole(owner, runtime).grant(SCHEMAS);
            }
        };
    }
}
