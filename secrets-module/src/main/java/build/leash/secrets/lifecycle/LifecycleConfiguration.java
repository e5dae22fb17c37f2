package build.leash.secrets.lifecycle;

import build.leash.access.api.Commands;
import build.leash.access.api.Organizations;
import build.leash.access.api.Writes;
import build.leash.access.api.event.EventFamily;
import build.leash.access.api.event.EventSourced;
import build.leash.access.api.event.Projection;
import build.leash.secrets.api.event.SecretsEvent;
import build.leash.secrets.kms.KmsProviders;
import build.leash.secrets.sealing.DataKeys;
import build.leash.secrets.sealing.Reencryption;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LifecycleProperties.class)
class LifecycleConfiguration {

    @Bean
    EventFamily secretsEvents() {
        return new EventFamily(SecretsEvent.class);
    }

    @Bean
    EventSourced encryptionKeyAggregate() {
        return new EventSourced(EncryptionKey.class);
    }

    @Bean
    Projection encryptionKeyProjection(JdbcClient jdbc) {
        return new Projection("secrets.encryption-key", new EncryptionKeyProjection(jdbc),
                List.of(EncryptionKeyProjection.REBUILD));
    }

    /** Offers {@code EncryptionKeys} and {@code KeyRecords}. */
    @Bean
    EventSourcedEncryptionKeys encryptionKeys(KmsProviders providers, JdbcClient jdbc, Organizations organizations,
            Writes writes, Commands commands, PlatformTransactionManager transactions) {
        TransactionTemplate ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new EventSourcedEncryptionKeys(providers, new StoredEncryptionKeys(jdbc), new StoredJobs(jdbc),
                organizations, writes, commands, ownTransaction);
    }

    @Bean
    BackgroundWork secretsBackgroundWork(EventSourcedEncryptionKeys encryptionKeys, KmsProviders providers,
            DataKeys dataKeys, Reencryption reencryption, JdbcClient jdbc, PlatformTransactionManager transactions,
            LifecycleProperties properties) {
        StoredJobs jobs = new StoredJobs(jdbc);
        return new BackgroundWork(jobs, new JobRunner(jobs, new StoredEncryptionKeys(jdbc), encryptionKeys, providers,
                dataKeys, reencryption, properties),
                new Purge(jdbc, new TransactionTemplate(transactions),
                        properties),
                properties);
    }
}
