package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import java.util.Optional;
import java.util.UUID;

/** The only place with ciphertexts of secrets. */
interface SealedSecrets {

    @SuppressWarnings("ArrayRecordComponent") // carried from and to a row, never compared
    record Sealed(UUID dataKeyId, byte[] ciphertext) {}

    void add(SecretContext context, SecretRef ref, Sealed sealed);

    Optional<Sealed> find(OrganizationId organization, SecretRef ref);

    void delete(OrganizationId organization, SecretRef ref);
}
