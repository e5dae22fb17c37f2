package build.leash.secrets.sealing;

import com.google.crypto.tink.Aead;
import java.util.UUID;

/** A data key ready for use: its id, kept beside every ciphertext, and its cipher. */
record DataKey(UUID id, Aead cipher) {

    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}
