package build.leash.app.database;

import build.leash.access.api.Reads;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
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

    /** Takes the {@code JdbcClient} only so as to come after the migrations. */
    @Bean
    ReadsPool readsPool(HikariDataSource written, ReadsProperties properties, JdbcClient migrated,
            MeterRegistry meters) {
        ReadsPool pool = new ReadsPool(new HikariDataSource(config(written, properties, meters)));
        try {
            new StandbyCheck(migrated, JdbcClient.create(pool.dataSource())).commitsMustBeVisible();
            return pool;
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    @Bean
    Reads reads(ReadsPool pool) {
        return new Reads(JdbcClient.create(pool.dataSource()),
                new TransactionTemplate(new JdbcTransactionManager(pool.dataSource())));
    }

    /** Every transaction is read-only and at repeatable read from its beginning: no statement has to say so. */
    private static HikariConfig config(HikariDataSource written, ReadsProperties properties, MeterRegistry meters) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("leash-reads");
        config.setJdbcUrl(properties.standby() ? properties.url() : written.getJdbcUrl());
        config.setUsername(properties.username().isBlank() ? written.getUsername() : properties.username());
        config.setPassword(properties.password().isBlank() ? written.getPassword() : properties.password());
        written.getDataSourceProperties().forEach((name, value) -> config.addDataSourceProperty(
                Objects.toString(name), value));
        long seconds = Math.max(1, properties.timeout().toSeconds());
        config.addDataSourceProperty("ApplicationName", "leash-reads");
        config.addDataSourceProperty("connectTimeout", Long.toString(seconds));
        config.addDataSourceProperty("socketTimeout", Long.toString(seconds));
        config.setMaximumPoolSize(properties.connections());
        config.setConnectionTimeout(properties.timeout().toMillis());
        config.setValidationTimeout(properties.timeout().toMillis());
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setMetricRegistry(meters);
        return config;
    }
}
