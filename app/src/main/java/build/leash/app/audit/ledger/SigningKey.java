package build.leash.app.audit.ledger;

/** The Ed25519 key that signs checkpoints. */
interface SigningKey {

    /** The name of the log, which is there without the key. */
    String name();

    /** @throws build.leash.access.api.Rejected if the key is out of reach */
    VerifierKey verifier();

    /** @throws build.leash.access.api.Rejected if the key is out of reach */
    byte[] sign(byte[] message);
}
