package build.leash.secrets.sealing;

import build.leash.secrets.api.Vault;
import build.leash.secrets.kms.Kms;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class SealingConfiguration {

    @Bean
    Vault vault(Kms kms, JdbcClient jdbc, PlatformTransactionManager transactions) {
        TransactionTemplate ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new EnvelopeVault(new DataKeys(kms, new StoredDataKeys(jdbc), ownTransaction),
                new SealedSecrets(jdbc));
    }
}
