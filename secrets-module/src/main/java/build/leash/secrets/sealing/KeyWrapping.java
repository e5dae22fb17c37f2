package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.AesGcm;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.KmsCorrupted;
import build.leash.secrets.kms.KmsProviders;
import build.leash.secrets.kms.WrappedKey;
import build.leash.secrets.sealing.StoredDataKeys.Stored;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.UUID;

/**
 * Makes, wraps and unwraps data keys, bound by AAD to their organization and id. Material is in plain for one call only
 * and then wiped. Nothing that was wrapped is handed on before it has been unwrapped again: a ciphertext that was
 * spoiled inside KMS would otherwise lose all that the key seals.
 */
final class KeyWrapping {

    private final KmsProviders providers;
    private final Clock clock;

    KeyWrapping(KmsProviders providers, Clock clock) {
        this.providers = providers;
        this.clock = clock;
    }

    /** A new key, as it is stored and as it is used. */
    record Made(Stored stored, DataKey ready) {}

    Made make(OrganizationId organization, AssignedKey under) {
        UUID id = UUID.randomUUID();
        byte[] material = AesGcm.randomKey();
        try {
            WrappedKey wrapped = wrapAndProve(under, material, Aad.ofDataKey(organization, id));
            return new Made(new Stored(id, under.provider(), wrapped, clock.instant(), 0),
                    new DataKey(id, AesGcm.with(material)));
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    DataKey unwrap(OrganizationId organization, Stored key) {
        byte[] material = material(organization, key);
        try {
            return new DataKey(key.id(), AesGcm.with(material));
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    Stored rewrap(OrganizationId organization, Stored key, AssignedKey under) {
        byte[] material = material(organization, key);
        try {
            WrappedKey wrapped = wrapAndProve(under, material, Aad.ofDataKey(organization, key.id()));
            return new Stored(key.id(), under.provider(), wrapped, key.createdAt(), key.seals());
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    private byte[] material(OrganizationId organization, Stored key) {
        return providers.named(key.provider()).unwrap(key.wrapped(), Aad.ofDataKey(organization, key.id()));
    }

    private WrappedKey wrapAndProve(AssignedKey under, byte[] material, byte[] aad) {
        Kms kms = providers.named(under.provider());
        WrappedKey wrapped = kms.wrap(under.keyName(), material, aad);
        byte[] again = kms.unwrap(wrapped, aad);
        boolean same = MessageDigest.isEqual(material, again);
        Arrays.fill(again, (byte) 0);
        if (!same) {
            throw new KmsCorrupted(KmsCorrupted.Reason.CHECKSUM,
                    "A data key that was wrapped under " + under.keyName() + " comes out as something else");
        }
        return wrapped;
    }
}
