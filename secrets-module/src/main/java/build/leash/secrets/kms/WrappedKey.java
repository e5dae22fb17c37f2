package build.leash.secrets.kms;

/**
 * A data key, encrypted.
 *
 * @param keyName the KEK
 * @param keyVersion the version of the KEK that encrypted it
 */
@SuppressWarnings("ArrayRecordComponent") // carried from and to a row, never compared
public record WrappedKey(String keyName, String keyVersion, byte[] ciphertext) {}
