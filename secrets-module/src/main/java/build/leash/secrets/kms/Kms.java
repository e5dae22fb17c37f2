package build.leash.secrets.kms;

import build.leash.access.api.OrganizationId;
import java.util.List;

/**
 * A key management service. Key encryption keys (KEKs) never leave it.
 *
 * <p>
 * Every method blocks until the service answers or its deadline is over, and throws a {@link KmsException}: refused,
 * unreachable or corrupted. The arrays that go in are neither kept nor changed; the caller wipes them.
 */
public interface Kms {

    /** How many versions of a key are described at most. */
    int MAX_VERSIONS = 1_000;

    /** The provider's name, kept beside every key of its. */
    String provider();

    /** Makes the organization's KEK, or finds the one made before, and answers its name. */
    String createKey(OrganizationId organization);

    /**
     * Proves that a KEK which the organization brought wraps and unwraps: random bytes under random AAD go in and come
     * out again.
     *
     * @return the version that wrapped them
     * @throws KmsRefused {@link KmsRefused.Reason#UNSUITABLE} if the name is not one of this provider's keys, or is the
     *         key that was made for another organization
     */
    String adopt(OrganizationId organization, String keyName);

    /** Encrypts a data key under the primary version of a KEK. */
    WrappedKey wrap(String keyName, byte[] dataKey, byte[] aad);

    /**
     * Decrypts a data key.
     *
     * @throws KmsCorrupted {@link KmsCorrupted.Reason#NOT_AUTHENTIC} if ciphertext or AAD are not those of {@link #wrap}
     */
    byte[] unwrap(WrappedKey wrapped, byte[] aad);

    /** Primary version and the state of all versions. May need a right that wrapping and unwrapping do not. */
    KeyDescription describe(String keyName);

    /** Adds a version, and answers its id. May be the primary one at once, or after {@link #makePrimary}. */
    String addVersion(String keyName);

    /**
     * Makes the newest version the one that wraps. Older versions go on unwrapping. Nothing happens if it is already.
     *
     * @throws KmsUnreachable {@link KmsUnreachable.Reason#UNAVAILABLE} while its material is being generated
     */
    void makePrimary(String keyName, String version);

    /**
     * Destroys all versions and stops automatic rotation: everything wrapped under this key is lost. At once or after the
     * time for second thoughts that the provider keeps; either way they stop unwrapping now. Nothing happens if that was
     * done before.
     *
     * @return the versions as they are then: the proof
     */
    List<KeyVersion> scheduleDestruction(String keyName);
}
