package build.leash.secrets.kms;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with one key: a random 96-bit nonce before the ciphertext, a 128-bit tag behind it (NIST SP 800-38D).
 *
 * <p>
 * A {@link Cipher} is used again, but only with this key: it remembers the one that it used last, and is gone together with
 * this. To keep one per thread would keep keys for as long as threads live, and would keep nothing on virtual ones.
 */
public final class AesGcm {

    public static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final SecureRandom RANDOM = new SecureRandom();
    /** As many as are at work at once on most machines. */
    private static final int MAX_IDLE = 8;

    private final SecretKey key;
    private final Queue<Cipher> idle = new ArrayBlockingQueue<>(MAX_IDLE);

    private AesGcm(SecretKey key) {
        this.key = key;
    }

    /** The cipher for this key of {@value #KEY_BYTES} bytes, which are copied. */
    public static AesGcm with(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("The key is not of 256 bits");
        }
        return new AesGcm(new SecretKeySpec(key, "AES"));
    }

    /** {@value #KEY_BYTES} random bytes. */
    public static byte[] randomKey() {
        return random(KEY_BYTES);
    }

    /**
     * Nonce, ciphertext and tag. A key may be used 2^32 times (SP 800-38D, section 8.3).
     *
     * @param aad bound to the ciphertext, not part of it
     */
    public byte[] encrypt(byte[] plaintext, byte[] aad) {
        byte[] sealed = new byte[NONCE_BYTES + plaintext.length + TAG_BYTES];
        System.arraycopy(random(NONCE_BYTES), 0, sealed, 0, NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, sealed, aad);
            int _ = cipher.doFinal(plaintext, 0, plaintext.length, sealed, NONCE_BYTES);
            idle.offer(cipher);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM does not encrypt", e);
        }
    }

    /**
     * The plaintext.
     *
     * @throws GeneralSecurityException if this was not sealed with this key and this AAD
     */
    public byte[] decrypt(byte[] sealed, byte[] aad) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES + TAG_BYTES) {
            throw new GeneralSecurityException("Too short for a nonce and a tag");
        }
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, sealed, aad);
        byte[] plaintext = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        idle.offer(cipher);
        return plaintext;
    }

    /** @param nonce its first {@value #NONCE_BYTES} bytes are the nonce */
    private Cipher cipher(int mode, byte[] nonce, byte[] aad) throws GeneralSecurityException {
        Cipher used = idle.poll();
        Cipher cipher = used == null ? Cipher.getInstance(TRANSFORMATION) : used;
        cipher.init(mode, key, new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(aad);
        return cipher;
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }
}
