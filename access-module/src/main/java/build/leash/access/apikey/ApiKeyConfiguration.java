package build.leash.access.apikey;

import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppKeys;
import build.leash.access.api.Commands;
import build.leash.access.api.Reads;
import build.leash.access.api.Writes;
import build.leash.access.api.event.Projection;
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
        return new Projection("access.api-key", new ApiKeyProjection(jdbc), ApiKeyProjection.REBUILDS);
    }

    @Bean
    AppKeys appKeys(Reads reads) {
        return new RememberableAppKeys(new StoredApiKeys(reads.jdbc()));
    }

    @Bean
    ApiKeys apiKeys(JdbcClient jdbc, Writes writes, Commands commands) {
        return new EventSourcedApiKeys(new StoredApiKeys(jdbc), new KnownKeys(jdbc), writes, commands);
    }
}
