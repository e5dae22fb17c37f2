package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.Vault;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.sealing.SealedSecrets.Sealed;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Envelope encryption: secrets under data keys, data keys under the organization's KEK. */
final class EnvelopeVault implements Vault {

    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeVault.class);

    private final DataKeys dataKeys;
    private final SealedSecrets secrets;

    EnvelopeVault(DataKeys dataKeys, SealedSecrets secrets) {
        this.dataKeys = dataKeys;
        this.secrets = secrets;
    }

    @Override
    public Sealer sealerFor(OrganizationId organization) {
        try {
            DataKey key = dataKeys.current(organization);
            return (context, version, secret) -> seal(organization, key, context, version, secret);
        } catch (KmsException e) {
            throw unavailable(organization, e);
        }
    }

    @Override
    public PlainSecret open(SecretContext context, SecretRef ref) {
        try {
            Sealed sealed = secrets.find(context.organization(), ref)
                    .orElseThrow(() -> new KmsException("There is no sealed secret " + ref.id()));
            DataKey key = dataKeys.find(context.organization(), sealed.dataKeyId());
            return PlainSecret
                    .owning(key.cipher().decrypt(sealed.ciphertext(), Aad.ofSecret(context, ref.version())));
        } catch (GeneralSecurityException | KmsException e) {
            throw unavailable(context.organization(), e);
        }
    }

    @Override
    public void destroy(OrganizationId organization, SecretRef ref) {
        secrets.delete(organization, ref);
    }

    private SecretRef seal(OrganizationId organization, DataKey key, SecretContext context, long version,
            PlainSecret secret) {
        if (!context.organization().equals(organization)) {
            throw new IllegalArgumentException("This sealer serves another organization");
        }
        SecretRef ref = new SecretRef(UUID.randomUUID(), version);
        try {
            byte[] ciphertext = key.cipher().encrypt(secret.bytes(), Aad.ofSecret(context, version));
            secrets.add(context, ref, new Sealed(key.id(), ciphertext));
            return ref;
        } catch (GeneralSecurityException e) {
            throw unavailable(organization, e);
        }
    }

    private static Rejected unavailable(OrganizationId organization, Exception cause) {
        LOG.error("Secrets of organization {} are unavailable: {}", organization, cause.getMessage());
        return new Rejected(SecretsRejection.SECRETS_UNAVAILABLE,
                "The organization's secrets are unavailable at the moment.");
    }
}
