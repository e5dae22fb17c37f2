package build.leash.secrets.api;

import java.util.UUID;

/** A sealed secret as it is stored. May be kept: without its data key it opens nothing. */
public final class Ciphertext {

    private final SecretRef ref;
    private final UUID dataKeyId;
    private final byte[] bytes;

    /** Takes the array over. */
    public Ciphertext(SecretRef ref, UUID dataKeyId, byte[] bytes) {
        this.ref = ref;
        this.dataKeyId = dataKeyId;
        this.bytes = bytes;
    }

    public SecretRef ref() {
        return ref;
    }

    public UUID dataKeyId() {
        return dataKeyId;
    }

    /** The ciphertext's own bytes, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "Ciphertext[" + ref.id() + "]";
    }
}
