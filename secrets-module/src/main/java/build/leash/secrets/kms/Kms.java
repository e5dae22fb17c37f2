package build.leash.secrets.kms;

import build.leash.access.api.OrganizationId;

/** A key management service. Key encryption keys (KEKs) never leave it. */
public interface Kms {

    /** The provider's name, kept beside every key of its. */
    String provider();

    /** Makes the organization's KEK, or finds the one made before, and answers its name. */
    String createKey(OrganizationId organization);

    /**
     * Encrypts a data key under the primary version of a KEK.
     *
     * @throws KmsException if it cannot
     */
    WrappedKey wrap(String keyName, byte[] dataKey, byte[] aad);

    /**
     * Decrypts a data key.
     *
     * @throws KmsException if it cannot, or if ciphertext or AAD are not those of {@link #wrap}
     */
    byte[] unwrap(WrappedKey wrapped, byte[] aad);
}
