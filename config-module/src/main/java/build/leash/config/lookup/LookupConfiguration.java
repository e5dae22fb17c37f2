package build.leash.config.lookup;

import build.leash.access.api.AppKeys;
import build.leash.access.api.Reads;
import build.leash.access.api.Revisions;
import build.leash.access.api.event.Projection;
import build.leash.billing.api.Plans;
import build.leash.config.api.HandOffs;
import build.leash.secrets.api.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HandOffProperties.class)
class LookupConfiguration {

    @Bean
    Projection endpointProjection(JdbcClient jdbc) {
        return new Projection("config.endpoint", new EndpointProjection(jdbc), List.of(EndpointProjection.REBUILD));
    }

    @Bean
    FreshViews freshViews(Reads reads, AppKeys keys, Revisions revisions, Plans plans, Vault vault, Clock clock,
            HandOffProperties properties, ObjectProvider<MeterRegistry> meters) {
        Memory memory = new Memory(properties.memory().toBytes());
        return new FreshViews(new Views(reads, keys, revisions, plans, vault), revisions, memory,
                new ReadCounts(meters.getIfAvailable(() -> Metrics.globalRegistry), memory), clock,
                properties.staleIfUnavailable());
    }

    @Bean
    HandOffs handOffs(AppKeys keys, FreshViews views, Vault vault) {
        return new CheckedHandOffs(keys, views, vault);
    }
}
