package build.leash.secrets.kms.gcp;

import build.leash.access.api.Rejected;
import build.leash.secrets.api.RemoteSigningKey;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.kms.KmsCorrupted;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsRefused;
import build.leash.secrets.kms.gcp.Statuses.Operation;
import com.google.cloud.kms.v1.AsymmetricSignRequest;
import com.google.cloud.kms.v1.AsymmetricSignResponse;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionAlgorithm;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.protobuf.Int64Value;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A version of an asymmetric key in Cloud KMS (cloud.google.com/kms/docs/create-validate-signatures). */
final class CloudSigningKey implements RemoteSigningKey {

    private static final Logger LOG = LoggerFactory.getLogger(CloudSigningKey.class);
    private static final String ED25519 = "Ed25519";

    private final Supplier<KeyManagementServiceClient> client;
    private final KeyGuards guards;
    private final String version;
    private volatile @Nullable PublicKey publicKey;

    CloudSigningKey(Supplier<KeyManagementServiceClient> client, KeyGuards guards, String version) {
        this.client = client;
        this.guards = guards;
        this.version = version;
    }

    @Override
    public PublicKey publicKey() {
        PublicKey known = publicKey;
        if (known == null) {
            known = guarded(this::askForPublicKey);
            publicKey = known;
        }
        return known;
    }

    @Override
    public byte[] sign(byte[] message) {
        PublicKey key = publicKey();
        return guarded(() -> sign(message, key));
    }

    private byte[] sign(byte[] message, PublicKey key) {
        AsymmetricSignResponse answer = client.get().asymmetricSign(AsymmetricSignRequest.newBuilder().setName(version)
                .setData(UnsafeByteOperations.unsafeWrap(message)).setDataCrc32C(checksum(message)).build());
        byte[] signature = answer.getSignature().toByteArray();
        mustHold(answer.getVerifiedDataCrc32C() && answer.hasSignatureCrc32C()
                && answer.getSignatureCrc32C().equals(checksum(signature)), KmsCorrupted.Reason.CHECKSUM);
        mustHold(answer.getName().equals(version), KmsCorrupted.Reason.WRONG_KEY);
        mustHold(isOf(key, message, signature), KmsCorrupted.Reason.NOT_AUTHENTIC);
        return signature;
    }

    private PublicKey askForPublicKey() {
        com.google.cloud.kms.v1.PublicKey answer = client.get().getPublicKey(version);
        String pem = answer.getPem();
        mustHold(answer.hasPemCrc32C()
                && answer.getPemCrc32C().equals(checksum(pem.getBytes(StandardCharsets.UTF_8))),
                KmsCorrupted.Reason.CHECKSUM);
        mustHold(answer.getName().equals(version), KmsCorrupted.Reason.WRONG_KEY);
        if (answer.getAlgorithm() != CryptoKeyVersionAlgorithm.EC_SIGN_ED25519) {
            throw new KmsRefused(KmsRefused.Reason.UNSUITABLE, version + " is no key of EC_SIGN_ED25519");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KmsCorrupted(KmsCorrupted.Reason.NOT_AUTHENTIC, version + " has a public key that is none");
        }
    }

    private <T> T guarded(Supplier<T> request) {
        try {
            return guards.call(Operation.SIGN, version, request);
        } catch (KmsException e) {
            LOG.warn("Cannot sign: {}", e.getMessage());
            throw new Rejected(SecretsRejection.SECRETS_UNAVAILABLE,
                    "The key that signs is unavailable at the moment.");
        }
    }

    private void mustHold(boolean condition, KmsCorrupted.Reason reason) {
        if (!condition) {
            throw new KmsCorrupted(reason, "Cloud KMS gives a corrupted answer (" + reason + ") for " + version);
        }
    }

    private static boolean isOf(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(ED25519);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Int64Value checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return Int64Value.of(checksum.getValue());
    }
}
