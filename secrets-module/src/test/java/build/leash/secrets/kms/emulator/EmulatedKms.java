package build.leash.secrets.kms.emulator;

import com.google.cloud.kms.v1.CreateCryptoKeyRequest;
import com.google.cloud.kms.v1.CreateCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.AsymmetricSignRequest;
import com.google.cloud.kms.v1.AsymmetricSignResponse;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.DecryptRequest;
import com.google.cloud.kms.v1.DecryptResponse;
import com.google.cloud.kms.v1.DestroyCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.EncryptRequest;
import com.google.cloud.kms.v1.EncryptResponse;
import com.google.cloud.kms.v1.GetCryptoKeyRequest;
import com.google.cloud.kms.v1.GetCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.GetPublicKeyRequest;
import com.google.cloud.kms.v1.KeyManagementServiceGrpc.KeyManagementServiceImplBase;
import com.google.cloud.kms.v1.ListCryptoKeyVersionsRequest;
import com.google.cloud.kms.v1.ListCryptoKeyVersionsResponse;
import com.google.cloud.kms.v1.PublicKey;
import com.google.cloud.kms.v1.RestoreCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.UpdateCryptoKeyPrimaryVersionRequest;
import com.google.cloud.kms.v1.UpdateCryptoKeyRequest;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The service: each call finds its key, and the state does the rest. */
final class EmulatedKms extends KeyManagementServiceImplBase {

    private static final int PAGE = 2;

    private final EmulatorState state;
    private final EmulatedCipher cipher;
    private final EmulatedSigning signing = new EmulatedSigning();

    EmulatedKms(EmulatorState state) {
        this.state = state;
        this.cipher = new EmulatedCipher(state.counts());
    }

    @Override
    public void createCryptoKey(CreateCryptoKeyRequest request, StreamObserver<CryptoKey> answer) {
        String name = request.getParent() + "/cryptoKeys/" + request.getCryptoKeyId();
        state.answer(name, answer, () -> named(name, state.create(request.getParent(), name, request.getCryptoKey())));
    }

    @Override
    public void getCryptoKey(GetCryptoKeyRequest request, StreamObserver<CryptoKey> answer) {
        state.answer(request.getName(), answer,
                () -> named(request.getName(), state.key(request.getName()).describe(state.now())));
    }

    @Override
    public void updateCryptoKey(UpdateCryptoKeyRequest request, StreamObserver<CryptoKey> answer) {
        String name = request.getCryptoKey().getName();
        state.answer(name, answer,
                () -> named(name,
                        state.key(name).update(request.getCryptoKey(), request.getUpdateMask(), state.now())));
    }

    @Override
    public void updateCryptoKeyPrimaryVersion(UpdateCryptoKeyPrimaryVersionRequest request,
            StreamObserver<CryptoKey> answer) {
        state.answer(request.getName(), answer,
                () -> named(request.getName(),
                        state.key(request.getName()).makePrimary(request.getCryptoKeyVersionId(), state.now())));
    }

    @Override
    public void createCryptoKeyVersion(CreateCryptoKeyVersionRequest request,
            StreamObserver<CryptoKeyVersion> answer) {
        state.answer(request.getParent(), answer,
                () -> named(request.getParent(), state.key(request.getParent()).addVersion(state.now())));
    }

    /** In small pages, so that paging is met. */
    @Override
    public void listCryptoKeyVersions(ListCryptoKeyVersionsRequest request,
            StreamObserver<ListCryptoKeyVersionsResponse> answer) {
        state.answer(request.getParent(), answer, () -> {
            List<CryptoKeyVersion> all = state.key(request.getParent()).describeVersions(state.now());
            int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
            int to = Math.min(from + PAGE, all.size());
            return ListCryptoKeyVersionsResponse.newBuilder().addAllCryptoKeyVersions(all.subList(from, to))
                    .setNextPageToken(to < all.size() ? Integer.toString(to) : "").setTotalSize(all.size()).build();
        });
    }

    @Override
    public void getCryptoKeyVersion(GetCryptoKeyVersionRequest request, StreamObserver<CryptoKeyVersion> answer) {
        String key = keyOf(request.getName());
        state.answer(key, answer, () -> named(key, state.key(key).describeVersion(request.getName(), state.now())));
    }

    @Override
    public void destroyCryptoKeyVersion(DestroyCryptoKeyVersionRequest request,
            StreamObserver<CryptoKeyVersion> answer) {
        String key = keyOf(request.getName());
        state.answer(key, answer, () -> named(key, state.key(key).destroy(request.getName(), state.now())));
    }

    @Override
    public void restoreCryptoKeyVersion(RestoreCryptoKeyVersionRequest request,
            StreamObserver<CryptoKeyVersion> answer) {
        String key = keyOf(request.getName());
        state.answer(key, answer, () -> state.key(key).restore(request.getName(), state.now()));
    }

    @Override
    public void getPublicKey(GetPublicKeyRequest request, StreamObserver<PublicKey> answer) {
        String key = keyOf(request.getName());
        state.answer(key, answer, () -> signing.publicKey(state.key(key), request.getName(), state.faultsOf(key),
                state.now()));
    }

    @Override
    public void asymmetricSign(AsymmetricSignRequest request, StreamObserver<AsymmetricSignResponse> answer) {
        String key = keyOf(request.getName());
        state.answer(key, answer, () -> signing.sign(state.key(key), request, state.faultsOf(key), state.now()));
    }

    @Override
    public void encrypt(EncryptRequest request, StreamObserver<EncryptResponse> answer) {
        String key = request.getName();
        state.answer(key, answer,
                () -> cipher.encrypt(state.key(key), request, state.faultsOf(key), state.now()));
    }

    @Override
    public void decrypt(DecryptRequest request, StreamObserver<DecryptResponse> answer) {
        String key = request.getName();
        state.answer(key, answer,
                () -> cipher.decrypt(state.key(key), request, state.faultsOf(key), state.now()));
    }

    private CryptoKey named(String keyName, CryptoKey key) {
        return isToBeWrong(keyName) ? key.toBuilder().setName(wrong(key.getName())).build() : key;
    }

    private CryptoKeyVersion named(String keyName, CryptoKeyVersion version) {
        return isToBeWrong(keyName) ? version.toBuilder().setName(wrong(version.getName())).build() : version;
    }

    private boolean isToBeWrong(String keyName) {
        return state.faultsOf(keyName).takes(Corruption.WRONG_NAME);
    }

    private static String wrong(String name) {
        return name.replace("cryptoKeys/", "cryptoKeys/not-");
    }

    private static String keyOf(String version) {
        int end = version.indexOf("/cryptoKeyVersions/");
        return end < 0 ? version : version.substring(0, end);
    }
}
