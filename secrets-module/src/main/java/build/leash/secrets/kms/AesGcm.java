package build.leash.secrets.kms;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;

/**
 * AES-256-GCM by Tink: a random 96-bit nonce before the ciphertext, a 128-bit tag behind it (NIST SP 800-38D).
 *
 * <p>
 * Tink keeps one {@code javax.crypto.Cipher} per thread, and with it the key that the thread used last. So that a key
 * does not outlive its cipher on a long-lived thread, each use ends with one under a key that is no secret.
 */
public final class AesGcm {

    public static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private static final byte[] NOTHING = {};
    private static final Aead NO_SECRET = tink(new byte[KEY_BYTES]);

    private AesGcm() {}

    /** The cipher for this key of {@value #KEY_BYTES} bytes. */
    public static Aead with(byte[] key) {
        return new LeavesNoKeyBehind(tink(key));
    }

    private record LeavesNoKeyBehind(Aead cipher) implements Aead {

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] aad) throws GeneralSecurityException {
            try {
                return cipher.encrypt(plaintext, aad);
            } finally {
                forgetKey();
            }
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] aad) throws GeneralSecurityException {
            try {
                return cipher.decrypt(ciphertext, aad);
            } finally {
                forgetKey();
            }
        }
    }

    /** By encrypting: the JDK's cipher remembers the key of its latest encryption apart from that of its latest use. */
    private static void forgetKey() throws GeneralSecurityException {
        byte[] _ = NO_SECRET.encrypt(NOTHING, NOTHING);
    }

    @AccessesPartialKey
    private static Aead tink(byte[] key) {
        try {
            return AesGcmJce.create(AesGcmKey.builder().setParameters(parameters())
                    .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get())).build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is not available, or the key is not of 256 bits", e);
        }
    }

    private static AesGcmParameters parameters() throws GeneralSecurityException {
        return AesGcmParameters.builder().setKeySizeBytes(KEY_BYTES).setIvSizeBytes(NONCE_BYTES)
                .setTagSizeBytes(TAG_BYTES).setVariant(AesGcmParameters.Variant.NO_PREFIX).build();
    }
}
