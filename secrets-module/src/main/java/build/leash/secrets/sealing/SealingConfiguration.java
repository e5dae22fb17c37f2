package build.leash.secrets.sealing;

import build.leash.access.api.Reads;
import build.leash.secrets.api.Vault;
import build.leash.secrets.kms.KmsProviders;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CacheProperties.class, DataKeyProperties.class})
class SealingConfiguration {

    @Bean
    SealingMeters sealingMeters(ObjectProvider<MeterRegistry> meters) {
        return new SealingMeters(meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    DataKeys dataKeys(KmsProviders providers, KeyRecords records, JdbcClient jdbc,
            PlatformTransactionManager transactions,
            DataKeyProperties bounds, CacheProperties cache, SealingMeters meters, Clock clock, Ticker ticker) {
        return new DataKeys(providers, records, new PostgresDataKeys(jdbc), ownTransaction(transactions), bounds, cache,
                clock, ticker, meters);
    }

    @Bean
    SealCounts sealCounts(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new SealCounts(new PostgresDataKeys(jdbc), ownTransaction(transactions));
    }

    @Bean
    Vault vault(DataKeys dataKeys, JdbcClient jdbc, Reads reads, SealCounts counts, CacheProperties cache,
            SealingMeters meters) {
        return new EnvelopeVault(dataKeys, new PostgresSealedSecrets(jdbc), new PostgresSealedSecrets(reads.jdbc()),
                counts, meters, cache.retryEvery());
    }

    @Bean
    Reencryption reencryption(JdbcClient jdbc, PlatformTransactionManager transactions, DataKeys dataKeys,
            SealCounts counts, SealingMeters meters) {
        return new Reencryption(jdbc, ownTransaction(transactions), dataKeys, counts, meters);
    }

    private static TransactionTemplate ownTransaction(PlatformTransactionManager transactions) {
        TransactionTemplate ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return ownTransaction;
    }
}
