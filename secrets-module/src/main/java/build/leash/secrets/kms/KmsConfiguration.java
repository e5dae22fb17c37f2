package build.leash.secrets.kms;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KmsProperties.class)
class KmsConfiguration {

    /** What ages and pauses are measured with: no correction of the clock lets a key live longer. */
    @Bean
    Ticker monotonicTime() {
        return Ticker.systemTicker();
    }

    @Bean
    KmsProviders kmsProviders(List<Kms> providers, KmsProperties properties, ObjectProvider<MeterRegistry> meters,
            Clock clock, Ticker ticker) {
        return new KmsProviders(providers, properties.provider(),
                meters.getIfAvailable(() -> Metrics.globalRegistry), clock, ticker);
    }
}
