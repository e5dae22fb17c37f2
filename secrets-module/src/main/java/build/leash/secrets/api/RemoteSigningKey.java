package build.leash.secrets.api;

import java.security.PublicKey;

/** An Ed25519 key (RFC 8032) that never leaves its key management service. */
public interface RemoteSigningKey {

    /**
     * The public half, got once and then remembered.
     *
     * @throws build.leash.access.api.Rejected {@link SecretsRejection#SECRETS_UNAVAILABLE}
     */
    PublicKey publicKey();

    /**
     * Signs a message; what the service answers was verified with the public key.
     *
     * @param message at most 64 KiB
     * @return 64 bytes
     * @throws build.leash.access.api.Rejected {@link SecretsRejection#SECRETS_UNAVAILABLE}
     */
    byte[] sign(byte[] message);
}
