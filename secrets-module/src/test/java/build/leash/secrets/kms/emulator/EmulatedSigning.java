package build.leash.secrets.kms.emulator;

import com.google.cloud.kms.v1.AsymmetricSignRequest;
import com.google.cloud.kms.v1.AsymmetricSignResponse;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionAlgorithm;
import com.google.cloud.kms.v1.PublicKey;
import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import io.grpc.Status;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.CRC32C;

/** AsymmetricSign and GetPublicKey with EC_SIGN_ED25519, and with what can be wrong about the answers. */
final class EmulatedSigning {

    private static final int PEM_LINE = 64;

    PublicKey publicKey(EmulatedKey key, String version, Faults faults, Instant now) {
        byte[] encoded = pair(key.signingMaterial(version, now)).getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(PEM_LINE, new byte[]{'\n'}).encodeToString(encoded)
                + "\n-----END PUBLIC KEY-----\n";
        PublicKey.Builder answer = PublicKey.newBuilder().setName(named(version, faults)).setPem(pem)
                .setAlgorithm(CryptoKeyVersionAlgorithm.EC_SIGN_ED25519);
        if (!faults.takes(Corruption.NO_CHECKSUM)) {
            answer.setPemCrc32C(checksum(ByteString.copyFromUtf8(pem), faults));
        }
        return answer.build();
    }

    AsymmetricSignResponse sign(EmulatedKey key, AsymmetricSignRequest request, Faults faults, Instant now) {
        if (!request.hasDataCrc32C() || request.getDataCrc32C().getValue() != checksum(request.getData())) {
            throw Status.INVALID_ARGUMENT.withDescription("Every request of Leash carries its CRC32C")
                    .asRuntimeException();
        }
        byte[] signature = signature(pair(key.signingMaterial(request.getName(), now)), request.getData());
        if (faults.takes(Corruption.SPOILED_CIPHERTEXT)) {
            signature[0] ^= 1;
        }
        AsymmetricSignResponse.Builder answer = AsymmetricSignResponse.newBuilder()
                .setName(named(request.getName(), faults)).setSignature(ByteString.copyFrom(signature))
                .setVerifiedDataCrc32C(!faults.takes(Corruption.NOT_VERIFIED));
        if (!faults.takes(Corruption.NO_CHECKSUM)) {
            answer.setSignatureCrc32C(checksum(ByteString.copyFrom(signature), faults));
        }
        return answer.build();
    }

    private static byte[] signature(KeyPair pair, ByteString data) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(data.toByteArray());
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has Ed25519", e);
        }
    }

    /** The key pair of this seed: the JDK derives the public half only when it makes both. */
    private static KeyPair pair(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has Ed25519", e);
        }
    }

    private static String named(String version, Faults faults) {
        return faults.takes(Corruption.WRONG_NAME) ? version.replace("cryptoKeys/", "cryptoKeys/not-") : version;
    }

    private static Int64Value checksum(ByteString bytes, Faults faults) {
        return Int64Value.of(faults.takes(Corruption.WRONG_CHECKSUM) ? checksum(bytes) ^ 1 : checksum(bytes));
    }

    private static long checksum(ByteString bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.toByteArray());
        return checksum.getValue();
    }

    /** Answers one known value. */
    private static final class Seed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
