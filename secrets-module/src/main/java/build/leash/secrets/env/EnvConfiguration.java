package build.leash.secrets.env;

import build.leash.access.api.Commands;
import build.leash.access.api.Writes;
import build.leash.access.api.event.EventFamily;
import build.leash.access.api.event.EventSourced;
import build.leash.access.api.event.Projection;
import build.leash.billing.api.Entitlements;
import build.leash.secrets.api.Apps;
import build.leash.secrets.api.NativeValues;
import build.leash.secrets.api.RuntimeEnv;
import build.leash.secrets.api.Vault;
import build.leash.secrets.api.event.EnvEvent;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class EnvConfiguration {

    @Bean
    EventFamily envEvents() {
        return new EventFamily(EnvEvent.class);
    }

    @Bean
    EventSourced appAggregate() {
        return new EventSourced(App.class);
    }

    @Bean
    EventSourced secretSourceAggregate() {
        return new EventSourced(SecretSource.class);
    }

    @Bean
    EventSourced envEntryAggregate() {
        return new EventSourced(EnvEntry.class);
    }

    @Bean
    EventSourced notificationsAggregate() {
        return new EventSourced(Notifications.class);
    }

    @Bean
    Projection envNotificationsProjection(JdbcClient jdbc) {
        return new Projection("secrets.env-notifications", new NotificationsProjection(jdbc),
                List.of(NotificationsProjection.REBUILD));
    }

    @Bean
    Projection envAppProjection(JdbcClient jdbc) {
        return new Projection("secrets.env-app", new AppProjection(jdbc), List.of(AppProjection.REBUILD));
    }

    @Bean
    Projection envSourceProjection(JdbcClient jdbc) {
        return new Projection("secrets.env-source", new SourceProjection(jdbc), List.of(SourceProjection.REBUILD));
    }

    @Bean
    Projection envValueProjection(JdbcClient jdbc) {
        return new Projection("secrets.env-value", new ValueProjection(jdbc), ValueProjection.REBUILDS);
    }

    @Bean
    StoredApps storedApps(JdbcClient jdbc) {
        return new StoredApps(jdbc);
    }

    @Bean
    StoredSources storedSources(JdbcClient jdbc) {
        return new StoredSources(jdbc);
    }

    @Bean
    StoredValues storedValues(JdbcClient jdbc) {
        return new StoredValues(jdbc);
    }

    @Bean
    Apps apps(StoredApps apps, StoredValues values, EventSourcedSources sources, LastReads lastReads,
            Entitlements entitlements, Writes writes, Commands commands) {
        return new EventSourcedApps(apps, values, sources, lastReads, entitlements, writes, commands);
    }

    @Bean
    EventSourcedHoldings holdings(StoredValues values, Vault vault, Commands commands) {
        return new EventSourcedHoldings(values, vault, commands);
    }

    @Bean
    NativeValues nativeValues(StoredSources sources, StoredValues values, Entitlements entitlements, Vault vault,
            Writes writes, EventSourcedHoldings holdings) {
        return new EventSourcedValues(sources, values, entitlements, vault, writes, holdings);
    }

    @Bean(destroyMethod = "flush")
    LastReads lastReads(JdbcClient jdbc, Clock clock) {
        return new LastReads(jdbc, clock);
    }

    @Bean
    RuntimeEnv runtimeEnv(Entitlements entitlements, StoredApps apps, StoredSources sources, StoredValues values,
            Freshness freshness, Vault vault, LastReads lastReads) {
        return new CheckedEnv(entitlements, apps, sources, values, freshness, vault, lastReads);
    }
}
