package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.Ciphertext;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The only place with ciphertexts of secrets. */
interface SealedSecrets {

    @SuppressWarnings("ArrayRecordComponent") // carried from and to a row, never compared
    record Sealed(UUID dataKeyId, byte[] ciphertext) {}

    /** @return false if the data key is gone, or the organization was shredded; then nothing happens */
    boolean add(SecretContext context, SecretRef ref, Sealed sealed);

    /** Nothing of an organization that was shredded, whatever rows somebody put back. */
    Optional<Sealed> find(OrganizationId organization, SecretRef ref);

    /** As {@link #find}, for several at once. */
    Map<UUID, Ciphertext> findAll(OrganizationId organization, Collection<SecretRef> refs);

    boolean isShredded(OrganizationId organization);

    void delete(OrganizationId organization, SecretRef ref);

    /** Marks what is sealed in this context for versions before this one. */
    void retire(SecretContext context, long beforeVersion);

    /** Marks all that an owner has. */
    void retireAll(OrganizationId organization, String owner);
}
