package build.leash.app.database;

import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The transactions of everything that is written. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WritesProperties.class)
class WritesConfiguration {

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource, WritesProperties properties) {
        return new BoundedCommits(dataSource, properties.commitTimeout());
    }
}
