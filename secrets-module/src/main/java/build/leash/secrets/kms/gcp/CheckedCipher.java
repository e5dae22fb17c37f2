package build.leash.secrets.kms.gcp;

import build.leash.secrets.kms.KmsCorrupted;
import build.leash.secrets.kms.WrappedKey;
import com.google.cloud.kms.v1.DecryptRequest;
import com.google.cloud.kms.v1.DecryptResponse;
import com.google.cloud.kms.v1.EncryptRequest;
import com.google.cloud.kms.v1.EncryptResponse;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import com.google.protobuf.UnsafeByteOperations;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Encrypts and decrypts with a CRC32C beside every field in both directions, and believes no answer without one
 * (cloud.google.com/kms/docs/data-integrity-guidelines). One try; throws {@link KmsCorrupted} if something is wrong.
 */
final class CheckedCipher {

    private final KeyManagementServiceClient client;

    CheckedCipher(KeyManagementServiceClient client) {
        this.client = client;
    }

    WrappedKey encrypt(String keyName, byte[] plaintext, byte[] aad) {
        EncryptResponse answer = client.encrypt(EncryptRequest.newBuilder().setName(keyName)
                .setPlaintext(UnsafeByteOperations.unsafeWrap(plaintext)).setPlaintextCrc32C(checksum(plaintext))
                .setAdditionalAuthenticatedData(UnsafeByteOperations.unsafeWrap(aad))
                .setAdditionalAuthenticatedDataCrc32C(checksum(aad)).build());
        byte[] ciphertext = answer.getCiphertext().toByteArray();
        boolean arrivedWhole = answer.getVerifiedPlaintextCrc32C()
                && answer.getVerifiedAdditionalAuthenticatedDataCrc32C();
        boolean cameBackWhole = answer.hasCiphertextCrc32C()
                && answer.getCiphertextCrc32C().equals(checksum(ciphertext));
        mustHold(arrivedWhole && cameBackWhole && ciphertext.length > 0, KmsCorrupted.Reason.CHECKSUM, keyName);
        String version = GcpKeyName.versionOf(keyName, answer.getName());
        mustHold(!version.isEmpty(), KmsCorrupted.Reason.WRONG_KEY, keyName);
        return new WrappedKey(keyName, version, ciphertext);
    }

    /** The answer names no version; a corrupted request is turned down by KMS, which checks what it was sent. */
    byte[] decrypt(WrappedKey wrapped, byte[] aad) {
        ByteString ciphertext = UnsafeByteOperations.unsafeWrap(wrapped.ciphertext());
        DecryptResponse answer = client.decrypt(DecryptRequest.newBuilder().setName(wrapped.keyName())
                .setCiphertext(ciphertext).setCiphertextCrc32C(checksum(wrapped.ciphertext()))
                .setAdditionalAuthenticatedData(UnsafeByteOperations.unsafeWrap(aad))
                .setAdditionalAuthenticatedDataCrc32C(checksum(aad)).build());
        byte[] plaintext = answer.getPlaintext().toByteArray();
        boolean cameBackWhole = answer.hasPlaintextCrc32C() && answer.getPlaintextCrc32C().equals(checksum(plaintext));
        if (!cameBackWhole) {
            Arrays.fill(plaintext, (byte) 0);
        }
        mustHold(cameBackWhole, KmsCorrupted.Reason.CHECKSUM, wrapped.keyName());
        return plaintext;
    }

    private static Int64Value checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return Int64Value.of(checksum.getValue());
    }

    private static void mustHold(boolean condition, KmsCorrupted.Reason reason, String keyName) {
        if (!condition) {
            throw new KmsCorrupted(reason, "Cloud KMS gives a corrupted answer (" + reason + ") for " + keyName);
        }
    }
}
