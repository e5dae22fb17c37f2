package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.Ciphertext;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.Vault;
import build.leash.secrets.kms.KmsCorrupted;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsRefused;
import build.leash.secrets.kms.KmsUnreachable;
import build.leash.secrets.sealing.SealedSecrets.Sealed;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Envelope encryption: secrets under data keys, data keys under the organization's KEK. */
final class EnvelopeVault implements Vault {

    /** A member of every rejection: in how many seconds to try again. */
    static final String RETRY_AFTER = "retryAfter";

    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeVault.class);

    private final DataKeys dataKeys;
    private final SealedSecrets secrets;
    private final SealedSecrets inView;
    private final SealCounts counts;
    private final SealingMeters meters;
    private final int retryAfterSeconds;

    /**
     * A vault over these secrets.
     *
     * @param inView the same secrets, as whoever remembers them reads them
     * @param retryAfter in how long to try again after a failure
     */
    EnvelopeVault(DataKeys dataKeys, SealedSecrets secrets, SealedSecrets inView, SealCounts counts,
            SealingMeters meters,
            Duration retryAfter) {
        this.dataKeys = dataKeys;
        this.secrets = secrets;
        this.inView = inView;
        this.counts = counts;
        this.meters = meters;
        this.retryAfterSeconds = Math.max(1, Math.toIntExact(retryAfter.toSeconds()));
    }

    @Override
    public Sealer sealerFor(OrganizationId organization) {
        try {
            DataKey key = dataKeys.current(organization);
            counts.prepare(new DataKeyRef(organization, key.id()));
            return (context, version, secret) -> seal(organization, key, context, version, secret);
        } catch (KmsException | DoesNotOpen e) {
            throw notSealed(organization, e);
        }
    }

    @Override
    public PlainSecret open(SecretContext context, SecretRef ref) {
        return openStored(context, ref);
    }

    @Override
    public boolean holds(SecretContext context, SecretRef ref, PlainSecret secret) {
        try (PlainSecret opened = decryptStored(context, ref)) {
            return MessageDigest.isEqual(opened.bytes(), secret.bytes());
        } catch (KmsException | DoesNotOpen e) {
            Rejected unavailable = unavailable(context.organization(), e);
            if (e instanceof KmsException kms && kms.knowsNothing()) {
                throw unavailable;
            }
            return false;
        }
    }

    private PlainSecret openStored(SecretContext context, SecretRef ref) {
        try {
            return decryptStored(context, ref);
        } catch (KmsException | DoesNotOpen e) {
            throw unavailable(context.organization(), e);
        }
    }

    private PlainSecret decryptStored(SecretContext context, SecretRef ref) {
        Sealed sealed = secrets.find(context.organization(), ref)
                .orElseThrow(() -> missing(context.organization(), ref));
        DataKey key = dataKeys.find(context.organization(), sealed.dataKeyId());
        return decrypt(key, sealed.ciphertext(), context, ref);
    }

    @Override
    public Map<UUID, Ciphertext> inView(OrganizationId organization, Collection<SecretRef> refs) {
        return inView.findAll(organization, refs);
    }

    @Override
    public PlainSecret open(SecretContext context, Ciphertext ciphertext) {
        try {
            DataKey key = dataKeys.find(context.organization(), ciphertext.dataKeyId());
            return decrypt(key, ciphertext.bytes(), context, ciphertext.ref());
        } catch (DoesNotOpen e) {
            if (e.reason() == DoesNotOpen.Reason.NO_SUCH_DATA_KEY) {
                return openStored(context, ciphertext.ref());
            }
            throw unavailable(context.organization(), e);
        } catch (KmsException e) {
            throw unavailable(context.organization(), e);
        }
    }

    @Override
    public void destroy(OrganizationId organization, SecretRef ref) {
        secrets.delete(organization, ref);
    }

    @Override
    public void retire(SecretContext context, long beforeVersion) {
        secrets.retire(context, beforeVersion);
    }

    @Override
    public void retireAll(OrganizationId organization, String owner) {
        secrets.retireAll(organization, owner);
    }

    private SecretRef seal(OrganizationId organization, DataKey key, SecretContext context, long version,
            PlainSecret secret) {
        if (!context.organization().equals(organization)) {
            throw new IllegalArgumentException("This sealer serves another organization");
        }
        SecretRef ref = new SecretRef(UUID.randomUUID(), version);
        counts.sealed(new DataKeyRef(organization, key.id()));
        byte[] ciphertext = key.cipher().encrypt(secret.bytes(), Aad.ofSecret(context, ref));
        if (!secrets.add(context, ref, new Sealed(key.id(), ciphertext))) {
            throw notSealed(organization, gone(organization, key));
        }
        return ref;
    }

    private static PlainSecret decrypt(DataKey key, byte[] ciphertext, SecretContext context, SecretRef ref) {
        try {
            return PlainSecret.owning(key.cipher().decrypt(ciphertext, Aad.ofSecret(context, ref)));
        } catch (GeneralSecurityException e) {
            throw new DoesNotOpen(DoesNotOpen.Reason.SECRET_NOT_AUTHENTIC,
                    "Sealed secret " + ref.id() + " is not what was sealed");
        }
    }

    /** What was sealed may be asked for again and again; who wants to seal is told that it will never be possible. */
    private Rejected notSealed(OrganizationId organization, RuntimeException cause) {
        boolean never = switch (cause) {
            case DoesNotOpen e -> e.reason() == DoesNotOpen.Reason.SHREDDED;
            case KmsRefused refused -> secrets.isShredded(organization);
            default -> false;
        };
        return never
                ? new Rejected(SecretsRejection.ORGANIZATION_SHREDDED, "The organization's secrets were destroyed.")
                : unavailable(organization, cause);
    }

    /** A KMS that gives no answer shows in the metrics of its calls; all else is worth an alert. */
    private Rejected unavailable(OrganizationId organization, RuntimeException cause) {
        switch (cause) {
            case KmsUnreachable e -> LOG.debug("Secrets of organization {}: {}", organization, e.getMessage());
            case KmsRefused e -> meters.didNotOpen("kms_" + e.kind());
            case KmsCorrupted e -> alert(organization, "kms_" + e.kind(), e);
            case DoesNotOpen e when e.reason() == DoesNotOpen.Reason.SHREDDED -> LOG.debug("{}", e.getMessage());
            case DoesNotOpen e -> alert(organization, e.kind(), e);
            default -> throw cause;
        }
        return new Rejected(SecretsRejection.SECRETS_UNAVAILABLE,
                "The organization's secrets are unavailable at the moment.", Map.of(RETRY_AFTER, retryAfterSeconds));
    }

    private DoesNotOpen missing(OrganizationId organization, SecretRef ref) {
        return secrets.isShredded(organization)
                ? shredded(organization)
                : new DoesNotOpen(DoesNotOpen.Reason.NO_SUCH_SECRET, "There is no sealed secret " + ref.id());
    }

    /** The data key that was there when the write began. */
    private DoesNotOpen gone(OrganizationId organization, DataKey key) {
        return secrets.isShredded(organization)
                ? shredded(organization)
                : new DoesNotOpen(DoesNotOpen.Reason.NO_SUCH_DATA_KEY, "Data key " + key.id() + " was destroyed");
    }

    /** Drops the keys too, in case somebody who put rows back finds them in this node's memory. */
    private DoesNotOpen shredded(OrganizationId organization) {
        dataKeys.forget(organization);
        return new DoesNotOpen(DoesNotOpen.Reason.SHREDDED, "Organization " + organization + " was shredded");
    }

    private void alert(OrganizationId organization, String reason, RuntimeException cause) {
        meters.didNotOpen(reason);
        LOG.error("Secrets of organization {} do not open ({}): {}", organization, reason, cause.getMessage());
    }
}
