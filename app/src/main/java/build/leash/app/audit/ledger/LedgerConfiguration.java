package build.leash.app.audit.ledger;

import build.leash.secrets.api.RemoteSigningKeys;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
    SigningKey signingKey(LedgerSettings settings, StoredLedger stored, RemoteSigningKeys remote) {
        String name = ORIGIN + stored.id();
        String inKms = settings.kmsSigningKey();
        return inKms == null || inKms.isBlank()
                ? FileSigningKey.loadOrCreate(settings.signingKey(), name)
                : new KmsSigningKey(name, remote.inCloudKms(inKms));
    }

    @Bean
    LedgerKeys ledgerKeys(SigningKey key, LedgerSettings settings) {
        return new LedgerKeys(key, settings.formerKeys().stream().map(VerifierKey::parse).toList());
    }

    @Bean
    SigningKeyCheck signingKeyCheck(StoredLedger stored, LedgerKeys keys) {
        return new SigningKeyCheck(stored, keys);
    }

    @Bean
    Ledger ledger(StoredLedger stored, SigningKey key, LedgerKeys keys) {
        return new Ledger(stored, key, keys);
    }

    @Bean
    Sealing sealing(StoredLedger stored, PlatformTransactionManager transactions, SigningKey key, LedgerKeys keys,
            LedgerSettings settings, Clock clock) {
        return new Sealing(stored, new TransactionTemplate(transactions), key, keys, settings, clock);
    }

    @Bean
    CheckpointCopies checkpointCopies(StoredLedger stored, SigningKey key, LedgerSettings settings, Clock clock) {
        List<CheckpointPlace> places = new ArrayList<>();
        if (settings.checkpointFile() != null) {
            places.add(new CheckpointFile(settings.checkpointFile()));
        }
        if (settings.checkpointDirectory() != null) {
            places.add(new CheckpointDirectory(settings.checkpointDirectory()));
        }
        if (settings.checkpointWebhook() != null) {
            places.add(new CheckpointWebhook(settings.checkpointWebhook(), key, clock));
        }
        return new CheckpointCopies(stored, places, clock);
    }
}
