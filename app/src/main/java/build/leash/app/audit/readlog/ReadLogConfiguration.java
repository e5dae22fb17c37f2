package build.leash.app.audit.readlog;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadLogSettings.class)
class ReadLogConfiguration {

    @Bean
    StoredReads storedReads(DataSource dataSource, JdbcClient jdbc, ReadLogSettings settings) {
        return new StoredReads(dataSource, jdbc, settings, ReadLog.MAX_WAIT);
    }

    @Bean
    ReadLog readLog(StoredReads stored, ReadLogSettings settings, Clock clock) {
        return new ReadLog(stored, settings.reads() == ReadLogSettings.Mode.STRICT, clock, ReadLog.MAX_WAIT);
    }

    @Bean
    LastReads lastRecordedReads(JdbcClient jdbc) {
        return new LastReads(jdbc);
    }

    @Bean
    RecordedReads recordedReads(JdbcClient jdbc) {
        return new RecordedReads(jdbc);
    }
}
