package build.leash.app.audit.ledger;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LedgerSettings.class)
class LedgerConfiguration {

    private static final String ORIGIN = "leash.build/";

    @Bean
    StoredLedger storedLedger(JdbcClient jdbc) {
        return new StoredLedger(jdbc);
    }

    @Bean
    SigningKey signingKey(LedgerSettings settings, StoredLedger stored) {
        return SigningKey.loadOrCreate(settings.signingKey(), ORIGIN + stored.id());
    }

    @Bean
    Ledger ledger(StoredLedger stored, SigningKey key) {
        return new Ledger(stored, key);
    }

    @Bean
    Sealing sealing(StoredLedger stored, PlatformTransactionManager transactions, SigningKey key,
            LedgerSettings settings, Clock clock) {
        return new Sealing(stored, new TransactionTemplate(transactions), key, settings,
                new CheckpointCopies(settings.checkpointDirectory()), clock);
    }
}
