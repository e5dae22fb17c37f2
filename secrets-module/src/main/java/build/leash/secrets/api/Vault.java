package build.leash.secrets.api;

import build.leash.access.api.OrganizationId;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Seals secrets under their organization's key, and opens them again. */
public interface Vault {

    /**
     * Makes ready to seal for an organization. May ask the key management service, so call it before a transaction
     * begins; sealing itself asks nobody.
     *
     * @throws build.leash.access.api.Rejected {@link SecretsRejection#SECRETS_UNAVAILABLE}, or
     *         {@link SecretsRejection#ORGANIZATION_SHREDDED}
     */
    Sealer sealerFor(OrganizationId organization);

    /**
     * Opens a secret.
     *
     * @throws build.leash.access.api.Rejected {@link SecretsRejection#SECRETS_UNAVAILABLE} if the key is out of reach,
     *         the ciphertext is not the one that was sealed in this context and version, or the organization was
     *         shredded
     */
    PlainSecret open(SecretContext context, SecretRef ref);

    /**
     * Whether it is this secret that is sealed at the reference. What does not open, whoever asks, is another one.
     *
     * @throws build.leash.access.api.Rejected {@link SecretsRejection#SECRETS_UNAVAILABLE} if nobody can tell, because
     *         the key management service gives no answer
     */
    boolean holds(SecretContext context, SecretRef ref, PlainSecret secret);

    /**
     * What is sealed at these references, as the {@link build.leash.access.api.Reads#inOneView view} under way has it, by
     * their ids. Without those that are gone, and nothing of an organization that was shredded.
     */
    Map<UUID, Ciphertext> inView(OrganizationId organization, Collection<SecretRef> refs);

    /**
     * Opens what was read before. The database is not asked, unless it was sealed anew since then and the data key of that
     * time is gone: then what is there now is opened.
     *
     * @throws build.leash.access.api.Rejected as {@link #open(SecretContext, SecretRef)}
     */
    PlainSecret open(SecretContext context, Ciphertext ciphertext);

    /** Destroys a sealed secret, in the caller's transaction. Nothing happens if it is gone already. */
    void destroy(OrganizationId organization, SecretRef ref);

    /**
     * Marks what was sealed in this context for versions before this one as replaced, in the caller's transaction. It
     * opens for some time more, for those who read its reference just before, and is then destroyed.
     */
    void retire(SecretContext context, long beforeVersion);

    /** Marks all that an owner has as replaced, in the caller's transaction. */
    void retireAll(OrganizationId organization, String owner);
}
