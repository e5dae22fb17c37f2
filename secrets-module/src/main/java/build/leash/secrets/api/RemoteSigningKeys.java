package build.leash.secrets.api;

/** Finds keys that sign in a key management service. */
public interface RemoteSigningKeys {

    /**
     * A key of Google Cloud KMS, of the algorithm {@code EC_SIGN_ED25519}. Nothing is asked of the service before the key is
     * used. Needs {@code roles/cloudkms.signerVerifier} on that key, and no right to any other.
     *
     * @param keyVersion {@code projects/…/locations/…/keyRings/…/cryptoKeys/…/cryptoKeyVersions/…}
     * @throws IllegalArgumentException if this is not the full name of a version
     */
    RemoteSigningKey inCloudKms(String keyVersion);
}
