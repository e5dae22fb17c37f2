package build.leash.secrets.api;

/** Ready to seal for one organization. Short-lived: ask the {@link Vault} for one per write. */
public interface Sealer {

    /**
     * Seals a secret and stores the ciphertext in the caller's transaction.
     *
     * @param version the version that its owner will have once the write is done
     * @throws build.leash.access.api.Rejected {@link SecretsRejection#ORGANIZATION_SHREDDED} if that was done meanwhile
     */
    SecretRef seal(SecretContext context, long version, PlainSecret secret);
}
