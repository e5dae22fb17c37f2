package build.leash.app.firstrun;

import build.leash.access.api.ApiKeys;
import build.leash.access.api.Organizations;
import build.leash.access.api.Writes;
import build.leash.app.DataDirectory;
import build.leash.billing.api.Subscriptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Switched off by {@code leash.first-run=false}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "leash.first-run", matchIfMissing = true)
class FirstRunConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(FirstRunConfiguration.class);

    @Bean
    FirstRun firstRun(Organizations organizations, Subscriptions subscriptions, ApiKeys keys, Writes writes,
            DataDirectory directory) {
        return new FirstRun(organizations, subscriptions, keys, writes, new FirstRunFile(directory.create()));
    }

    /** Runs once everything is put together, before the first request is let in. */
    @Bean
    SmartInitializingSingleton foundTheFirstOrganization(FirstRun firstRun) {
        return () -> firstRun.foundIfEmpty().ifPresent(
                file -> LOG.info("Founded the first organization. How to get in is written in {}", file));
    }
}
