package build.leash.secrets.kms;

import build.leash.access.api.OrganizationId;
import com.google.crypto.tink.subtle.Random;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** The provider for one machine: KEKs in a keyring file that only the operating system's user can read. */
public final class LocalKms implements Kms {

    private static final int FIRST_VERSION = 1;

    private final Keyring keyring;

    LocalKms(Keyring keyring) {
        this.keyring = keyring;
    }

    @Override
    public String provider() {
        return "local";
    }

    @Override
    public String createKey(OrganizationId organization) {
        String name = "local/" + organization;
        byte[] material = Random.randBytes(AesGcm.KEY_BYTES);
        keyring.addIfAbsent(name, FIRST_VERSION, material);
        Arrays.fill(material, (byte) 0);
        return name;
    }

    @Override
    public WrappedKey wrap(String keyName, byte[] dataKey, byte[] aad) {
        try {
            byte[] ciphertext = AesGcm.with(key(keyName, FIRST_VERSION)).encrypt(dataKey, aad);
            return new WrappedKey(keyName, Integer.toString(FIRST_VERSION), ciphertext);
        } catch (GeneralSecurityException e) {
            throw new KmsException("A data key could not be wrapped under " + keyName, e);
        }
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] aad) {
        try {
            return AesGcm.with(key(wrapped.keyName(), Integer.parseInt(wrapped.keyVersion())))
                    .decrypt(wrapped.ciphertext(), aad);
        } catch (GeneralSecurityException e) {
            throw new KmsException("A data key does not unwrap under " + wrapped.keyName(), e);
        }
    }

    private byte[] key(String name, int version) {
        return keyring.find(name, version)
                .orElseThrow(() -> new KmsException("The keyring does not have " + name + ", version " + version));
    }
}
