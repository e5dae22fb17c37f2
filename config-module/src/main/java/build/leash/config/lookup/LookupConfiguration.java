package build.leash.config.lookup;

import build.leash.access.api.event.Projection;
import build.leash.billing.api.Entitlements;
import build.leash.config.api.HandOffs;
import build.leash.secrets.api.Vault;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class LookupConfiguration {

    @Bean
    Projection endpointProjection(JdbcClient jdbc) {
        return new Projection("config.endpoint", new EndpointProjection(jdbc), List.of(EndpointProjection.REBUILD));
    }

    @Bean
    LastFetches lastFetches(JdbcClient jdbc, Clock clock) {
        return new LastFetches(jdbc, clock);
    }

    @Bean
    HandOffs handOffs(Entitlements entitlements, JdbcClient jdbc, Vault vault, LastFetches lastFetches) {
        return new CheckedHandOffs(entitlements, new StoredEndpoints(jdbc), vault, lastFetches);
    }
}
