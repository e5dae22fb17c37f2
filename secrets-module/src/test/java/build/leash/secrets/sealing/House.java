package build.leash.secrets.sealing;

import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.Role;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.KmsProviders;
import build.leash.secrets.kms.MovableTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;

/** The whole room, from the vault down to the key management services, over tables in memory and a movable time. */
final class House implements AutoCloseable {

    static final Duration MAX_AGE = Duration.ofSeconds(60);
    static final Duration REFRESH_AHEAD = Duration.ofSeconds(6);
    static final Duration GRACE = Duration.ofMinutes(15);
    static final Duration RETRY_EVERY = Duration.ofSeconds(5);
    static final Duration KEY_AGE = Duration.ofDays(30);
    static final int MAX_SEALS = 1_000;
    static final int CONCURRENT_CALLS = 16;

    final MovableTime time = new MovableTime();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final InMemoryDataKeys dataKeyRows = new InMemoryDataKeys();
    final InMemorySecrets secretRows = new InMemorySecrets();
    final DataKeys dataKeys;
    final EnvelopeVault vault;

    /** @param providers the first one is for new organizations */
    House(Kms... providers) {
        KmsProviders kms = new KmsProviders(List.of(providers), providers[0].provider(), meters, time, time);
        CacheProperties cache = new CacheProperties(MAX_AGE, REFRESH_AHEAD, GRACE, RETRY_EVERY, 10_000,
                CONCURRENT_CALLS);
        SealingMeters sealingMeters = new SealingMeters(meters);
        dataKeys = new DataKeys(kms, new InMemoryKeyRecords(kms, dataKeyRows), dataKeyRows,
                TransactionOperations.withoutTransaction(),
                new DataKeyProperties(KEY_AGE, MAX_SEALS), cache, time, time, sealingMeters);
        vault = new EnvelopeVault(dataKeys, secretRows, secretRows,
                new SealCounts(dataKeyRows, TransactionOperations.withoutTransaction()), sealingMeters, RETRY_EVERY);
    }

    static SecretContext bearerOf(OrganizationId organization) {
        return new SecretContext(organization, "server-1", "bearer");
    }

    /** Seals a bearer of an organization, version 1. */
    SecretRef seal(OrganizationId organization, String secret) {
        try (PlainSecret plain = PlainSecret.of(secret)) {
            return vault.sealerFor(organization).seal(bearerOf(organization), 1, plain);
        }
    }

    String open(OrganizationId organization, SecretRef ref) {
        try (PlainSecret plain = vault.open(bearerOf(organization), ref)) {
            return plain.reveal();
        }
    }

    /** Answers the new key's id. */
    UUID rotateDataKey(OrganizationId organization) {
        return dataKeys.rotate(new Caller(organization, Actor.system("test"), Role.OWNER, "request-of-test"), id -> {});
    }

    /** Whether the call is turned down as it should be, with a time to come back. */
    static boolean isUnavailable(Runnable call) {
        try {
            call.run();
            return false;
        } catch (Rejected e) {
            return e.rejection() == SecretsRejection.SECRETS_UNAVAILABLE
                    && e.members().get("retryAfter") instanceof Integer seconds && seconds > 0;
        }
    }

    double count(String meter, String tag, String value) {
        var counter = meters.find(meter).tag(tag, value).counter();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() {
        dataKeys.close();
    }
}
