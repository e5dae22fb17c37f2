package build.leash.app.database;

import build.leash.access.api.Reads;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The connections that hand-offs read through. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadsProperties.class)
class ReadsConfiguration {

    /** How long a connection to a standby serves until its standby is checked anew, by another connection. */
    private static final Duration STANDBY_LIFETIME = Duration.ofMinutes(1);
    /** One that confirms, and one that reads what is not in memory. */
    private static final int MIN_IDLE = 2;

    /**
     * Everything is looked up by its key here. So a plan is made once, and does not depend on how large a table was then:
     * planning takes longer than looking up, and a plan from when a table was empty would read it as a whole for ever.
     */
    private static final String PLANS = "set plan_cache_mode = force_generic_plan; set enable_seqscan = off;"
            + " set enable_hashjoin = off; set enable_mergejoin = off";

    /** Takes the migrated {@code JdbcClient} also so as to come after the migrations. */
    @Bean
    ReadsPool readsPool(HikariDataSource written, ReadsProperties properties, JdbcClient migrated,
            MeterRegistry meters) {
        HikariConfig config = config(properties, meters);
        DataSource source = source(written, properties);
        if (properties.standby()) {
            config.setDataSource(new StandbyConnections(source, new StandbyCheck(migrated, properties.timeout())));
            config.setMaxLifetime(STANDBY_LIFETIME.toMillis());
        } else {
            config.setDataSource(source);
        }
        return new ReadsPool(new HikariDataSource(config));
    }

    @Bean
    Reads reads(ReadsPool pool) {
        return new Reads(JdbcClient.create(pool.dataSource()),
                new TransactionTemplate(new JdbcTransactionManager(pool.dataSource())));
    }

    /** What is set here counts, whatever the address says: hand-offs wait less long than others. */
    private static DataSource source(HikariDataSource written, ReadsProperties properties) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        int seconds = Math.toIntExact(Math.max(1, properties.timeout().toSeconds()));
        source.setApplicationName("leash-reads");
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds);
        source.setSocketTimeout(seconds);
        source.setLogServerErrorDetail(false);
        source.setURL(properties.standby() ? properties.url() : Objects.requireNonNull(written.getJdbcUrl()));
        source.setUser(properties.username().isBlank() ? written.getUsername() : properties.username());
        source.setPassword(properties.password().isBlank() ? written.getPassword() : properties.password());
        return source;
    }

    /** Every transaction is read-only and at repeatable read from its beginning: no statement has to say so. */
    private static HikariConfig config(ReadsProperties properties, MeterRegistry meters) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("leash-reads");
        config.setMaximumPoolSize(properties.connections());
        config.setMinimumIdle(Math.min(MIN_IDLE, properties.connections()));
        config.setConnectionTimeout(properties.timeout().toMillis());
        config.setValidationTimeout(properties.timeout().toMillis());
        config.setConnectionInitSql(PLANS);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setMetricRegistry(meters);
        return config;
    }
}
