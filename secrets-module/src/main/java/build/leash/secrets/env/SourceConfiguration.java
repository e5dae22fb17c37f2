package build.leash.secrets.env;

import build.leash.access.api.Commands;
import build.leash.access.api.Writes;
import build.leash.billing.api.Entitlements;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.Vault;
import build.leash.secrets.outbound.Outbound;
import build.leash.secrets.provider.ExternalSource;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sources, how external ones are asked, and who is told about them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EnvProperties.class)
class SourceConfiguration {

    @Bean
    Kinds kinds(List<ExternalSource> external) {
        return new Kinds(external);
    }

    @Bean
    StoredSyncs storedSyncs(JdbcClient jdbc) {
        return new StoredSyncs(jdbc);
    }

    @Bean
    StoredNotifications storedNotifications(JdbcClient jdbc) {
        return new StoredNotifications(jdbc);
    }

    @Bean
    EventSourcedNotifications sourceNotifications(StoredNotifications stored, Entitlements entitlements, Vault vault,
            Writes writes, Commands commands, Clock clock) {
        return new EventSourcedNotifications(stored, entitlements, vault, writes, commands, clock);
    }

    @Bean
    Messages messages(StoredNotifications stored, Vault vault, Outbound outbound, Clock clock) {
        return new Messages(stored, vault, outbound, clock);
    }

    @Bean
    EventSourcedObservations observations(StoredSources sources, StoredValues values, StoredSyncs syncs,
            EventSourcedNotifications notifications, Vault vault, Writes writes, Commands commands, Clock clock) {
        return new EventSourcedObservations(sources, values, syncs, notifications, vault, writes, commands, clock);
    }

    @Bean
    Questions questions(StoredSources sources, StoredApps apps, EventSourcedObservations observations, Vault vault,
            Kinds kinds, Clock clock) {
        return new Questions(sources, apps, observations, vault, kinds, clock);
    }

    @Bean
    Freshness freshness(StoredSources sources, Questions questions, EnvProperties properties, Clock clock) {
        return new Freshness(sources, questions, properties, clock);
    }

    @Bean
    DueSources dueSources(StoredSyncs syncs, Questions questions, EnvProperties properties, Clock clock) {
        return new DueSources(syncs, questions, properties, clock);
    }

    @Bean
    SecretSources secretSources(StoredSources sources, StoredApps apps, StoredValues values, StoredSyncs syncs,
            Questions questions, Kinds kinds, Entitlements entitlements, Vault vault, Writes writes,
            Commands commands) {
        return new EventSourcedSources(sources, apps, values, syncs, questions, kinds, entitlements, vault, writes,
                commands);
    }
}
