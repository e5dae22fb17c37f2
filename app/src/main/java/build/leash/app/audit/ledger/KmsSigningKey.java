package build.leash.app.audit.ledger;

import build.leash.secrets.api.RemoteSigningKey;

/** A key in a key management service: whoever has the database and the disk cannot sign with it elsewhere. */
final class KmsSigningKey implements SigningKey {

    private final String name;
    private final RemoteSigningKey key;

    KmsSigningKey(String name, RemoteSigningKey key) {
        this.name = name;
        this.key = key;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public VerifierKey verifier() {
        return VerifierKey.of(name, key.publicKey());
    }

    @Override
    public byte[] sign(byte[] message) {
        return key.sign(message);
    }
}
