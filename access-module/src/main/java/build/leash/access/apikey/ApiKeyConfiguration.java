package build.leash.access.apikey;

import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppKeys;
import build.leash.access.api.Commands;
import build.leash.access.api.Reads;
import build.leash.access.api.Writes;
import build.leash.access.api.event.Projection;
import java.time.Clock;
import java.util.List;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ApiKeyConfiguration {

    @Bean
    EventUpcaster issuedBeforeApps() {
        return new IssuedBeforeApps();
    }

    @Bean
    Projection apiKeyProjection(JdbcClient jdbc) {
        return new Projection("access.api-key", new ApiKeyProjection(jdbc), List.of(ApiKeyProjection.REBUILD));
    }

    @Bean(destroyMethod = "flush")
    KeyUses keyUses(JdbcClient jdbc, Clock clock) {
        return new KeyUses(jdbc, clock);
    }

    @Bean
    AppKeys appKeys(Reads reads, KeyUses uses) {
        return new RememberableAppKeys(new StoredApiKeys(reads.jdbc()), uses);
    }

    @Bean
    ApiKeys apiKeys(JdbcClient jdbc, KeyUses uses, Writes writes, Commands commands) {
        return new EventSourcedApiKeys(new StoredApiKeys(jdbc), uses, writes, commands);
    }
}
