package build.leash.secrets.kms;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;

/** Proves that a KEK wraps and unwraps, with random bytes under random AAD. */
public final class KmsProbe {

    private KmsProbe() {}

    /**
     * Tries the key.
     *
     * @return the version that wrapped
     * @throws KmsException if it does not work
     */
    public static String of(Kms kms, String keyName) {
        byte[] plain = AesGcm.randomKey();
        byte[] aad = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        WrappedKey wrapped = kms.wrap(keyName, plain, aad);
        byte[] unwrapped = kms.unwrap(wrapped, aad);
        boolean same = MessageDigest.isEqual(plain, unwrapped);
        Arrays.fill(plain, (byte) 0);
        Arrays.fill(unwrapped, (byte) 0);
        if (!same) {
            throw new KmsCorrupted(KmsCorrupted.Reason.NOT_AUTHENTIC,
                    "What was wrapped under " + keyName + " comes out as something else");
        }
        return wrapped.keyVersion();
    }
}
