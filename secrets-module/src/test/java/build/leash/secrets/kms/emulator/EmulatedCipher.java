package build.leash.secrets.kms.emulator;

import com.google.cloud.kms.v1.DecryptRequest;
import com.google.cloud.kms.v1.DecryptResponse;
import com.google.cloud.kms.v1.EncryptRequest;
import com.google.cloud.kms.v1.EncryptResponse;
import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import io.grpc.Status;
import java.time.Instant;
import java.util.zip.CRC32C;

/** Encrypt and Decrypt with their checksums, and with what can be wrong about the answers. */
final class EmulatedCipher {

    private static final int CHECKSUM_BITS = 32;

    private final CallCounts counts;

    EmulatedCipher(CallCounts counts) {
        this.counts = counts;
    }

    EncryptResponse encrypt(EmulatedKey key, EncryptRequest request, Faults faults, Instant now) {
        mustMatch(request.hasPlaintextCrc32C(), request.getPlaintextCrc32C(), request.getPlaintext());
        mustMatch(request.hasAdditionalAuthenticatedDataCrc32C(), request.getAdditionalAuthenticatedDataCrc32C(),
                request.getAdditionalAuthenticatedData());
        EmulatedKey.Encrypted encrypted = key.encrypt(request.getPlaintext().toByteArray(),
                request.getAdditionalAuthenticatedData().toByteArray(), now);
        counts.uses(encrypted.version());
        ByteString ciphertext = ByteString.copyFrom(encrypted.ciphertext());
        ByteString kept = faults.takes(Corruption.SPOILED_CIPHERTEXT) ? flipped(ciphertext) : ciphertext;
        boolean verifies = !faults.takes(Corruption.NOT_VERIFIED);
        EncryptResponse.Builder answer = EncryptResponse.newBuilder()
                .setName(faults.takes(Corruption.WRONG_NAME)
                        ? encrypted.version().replace("cryptoKeys/", "cryptoKeys/not-")
                        : encrypted.version())
                .setCiphertext(faults.takes(Corruption.FLIPPED_CIPHERTEXT) ? flipped(kept) : kept)
                .setVerifiedPlaintextCrc32C(request.hasPlaintextCrc32C() && verifies)
                .setVerifiedAdditionalAuthenticatedDataCrc32C(
                        request.hasAdditionalAuthenticatedDataCrc32C() && verifies);
        if (!faults.takes(Corruption.NO_CHECKSUM)) {
            answer.setCiphertextCrc32C(checksum(kept, faults));
        }
        return answer.build();
    }

    DecryptResponse decrypt(EmulatedKey key, DecryptRequest request, Faults faults, Instant now) {
        mustMatch(request.hasCiphertextCrc32C(), request.getCiphertextCrc32C(), request.getCiphertext());
        mustMatch(request.hasAdditionalAuthenticatedDataCrc32C(), request.getAdditionalAuthenticatedDataCrc32C(),
                request.getAdditionalAuthenticatedData());
        EmulatedKey.Decrypted decrypted = key.decrypt(request.getCiphertext().toByteArray(),
                request.getAdditionalAuthenticatedData().toByteArray(), now);
        counts.uses(decrypted.version());
        ByteString plaintext = ByteString.copyFrom(decrypted.plaintext());
        DecryptResponse.Builder answer = DecryptResponse.newBuilder()
                .setPlaintext(faults.takes(Corruption.FLIPPED_PLAINTEXT) ? flipped(plaintext) : plaintext);
        if (!faults.takes(Corruption.NO_CHECKSUM)) {
            answer.setPlaintextCrc32C(checksum(plaintext, faults));
        }
        return answer.build();
    }

    /** Cloud KMS takes a request without checksums; this one is stricter, because every request of ours has them. */
    private static void mustMatch(boolean given, Int64Value expected, ByteString bytes) {
        if (!given || expected.getValue() >>> CHECKSUM_BITS != 0) {
            throw Status.INVALID_ARGUMENT.withDescription("Every request of Leash carries its CRC32C")
                    .asRuntimeException();
        }
        if (expected.getValue() != checksum(bytes)) {
            throw Status.INVALID_ARGUMENT.withDescription("The CRC32C checksum does not match")
                    .asRuntimeException();
        }
    }

    private static Int64Value checksum(ByteString bytes, Faults faults) {
        return Int64Value.of(faults.takes(Corruption.WRONG_CHECKSUM) ? checksum(bytes) ^ 1 : checksum(bytes));
    }

    private static long checksum(ByteString bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.toByteArray());
        return checksum.getValue();
    }

    private static ByteString flipped(ByteString bytes) {
        byte[] copy = bytes.toByteArray();
        copy[copy.length / 2] ^= 1;
        return ByteString.copyFrom(copy);
    }
}
