package build.leash.secrets.sealing;

import build.leash.secrets.kms.AesGcm;
import java.util.UUID;

/** A data key ready for use: its id, kept beside every ciphertext, and its cipher. */
record DataKey(UUID id, AesGcm cipher) {

    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}
