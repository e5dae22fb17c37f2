package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.AesGcm;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.sealing.StoredDataKeys.Stored;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.subtle.Random;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Data keys, unwrapped for a short while. A key serves one organization only. A new one is committed on its own before
 * anything is sealed with it, whatever becomes of the write that needed it.
 */
final class DataKeys {

    static final Duration MAX_AGE = Duration.ofSeconds(60);
    static final int MAX_CACHED = 10_000;

    private final Kms kms;
    private final StoredDataKeys stored;
    private final TransactionTemplate ownTransaction;
    private final Cache<OrganizationId, DataKey> current = cache();
    private final Cache<UUID, DataKey> unwrapped = cache();

    /** @param ownTransaction begins a transaction of its own even if one is under way */
    DataKeys(Kms kms, StoredDataKeys stored, TransactionTemplate ownTransaction) {
        this.kms = kms;
        this.stored = stored;
        this.ownTransaction = ownTransaction;
    }

    /** @throws KmsException if the key management service does not give it */
    DataKey current(OrganizationId organization) {
        return current.get(organization, this::loadCurrent);
    }

    /** @throws KmsException if there is no such key, or the key management service does not give it */
    DataKey find(OrganizationId organization, UUID id) {
        return unwrapped.get(id, key -> unwrap(organization, stored.find(organization, key)
                .orElseThrow(() -> new KmsException("There is no data key " + key + " for " + organization))));
    }

    private DataKey loadCurrent(OrganizationId organization) {
        Stored key = stored.current(organization).orElseGet(() -> create(organization));
        return unwrapped.get(key.id(), id -> unwrap(organization, key));
    }

    private Stored create(OrganizationId organization) {
        UUID id = UUID.randomUUID();
        byte[] material = Random.randBytes(AesGcm.KEY_BYTES);
        Stored made = new Stored(id,
                kms.wrap(kms.createKey(organization), material, Aad.ofDataKey(organization, id)));
        Arrays.fill(material, (byte) 0);
        ownTransaction.executeWithoutResult(
                status -> stored.addIfNoneIsCurrent(organization, kms.provider(), made));
        return stored.current(organization).orElseThrow();
    }

    private DataKey unwrap(OrganizationId organization, Stored key) {
        byte[] material = kms.unwrap(key.wrapped(), Aad.ofDataKey(organization, key.id()));
        DataKey dataKey = new DataKey(key.id(), AesGcm.with(material));
        Arrays.fill(material, (byte) 0);
        return dataKey;
    }

    private static <K> Cache<K, DataKey> cache() {
        return Caffeine.newBuilder().maximumSize(MAX_CACHED).expireAfterWrite(MAX_AGE).build();
    }
}
