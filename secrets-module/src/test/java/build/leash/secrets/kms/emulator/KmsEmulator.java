package build.leash.secrets.kms.emulator;

import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.protobuf.Duration;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Cloud KMS on an ephemeral port of a loopback address. Point {@code leash.kms.gcp.endpoint} at {@link #endpoint}, with
 * {@code leash.kms.gcp.plaintext=true} and {@code leash.kms.gcp.key-ring} {@link #KEY_RING}.
 */
public final class KmsEmulator implements AutoCloseable {

    /** There from the start. */
    public static final String KEY_RING = "projects/leash-test/locations/europe-west1/keyRings/organizations";

    private static final java.time.Duration KEPT = java.time.Duration.ofDays(1);

    private final EmulatorState state = new EmulatorState();
    private final int port;
    private Server server;

    private KmsEmulator() {
        state.addKeyRing(KEY_RING);
        server = serve(0);
        port = server.getPort();
    }

    public static KmsEmulator start() {
        return new KmsEmulator();
    }

    /** {@code host:port}. */
    public String endpoint() {
        return "127.0.0.1:" + port;
    }

    /** A key that somebody outside made, with one version. */
    public String addKey(String keyRing, String id, CryptoKey.CryptoKeyPurpose purpose) {
        state.addKeyRing(keyRing);
        return state.create(keyRing, keyRing + "/cryptoKeys/" + id,
                CryptoKey.newBuilder().setPurpose(purpose)
                        .setDestroyScheduledDuration(Duration.newBuilder().setSeconds(KEPT.toSeconds())).build())
                .getName();
    }

    /** The key as KMS has it. */
    public CryptoKey key(String keyName) {
        return state.key(keyName).describe(state.now());
    }

    public void disable(String keyName, String version) {
        state.key(keyName).change(versionName(keyName, version), CryptoKeyVersionState.DISABLED, state.now());
    }

    public void enable(String keyName, String version) {
        state.key(keyName).change(versionName(keyName, version), CryptoKeyVersionState.ENABLED, state.now());
    }

    public CryptoKeyVersionState stateOf(String keyName, String version) {
        return state.key(keyName).describeVersion(versionName(keyName, version), state.now()).getState();
    }

    /** Calls a destruction off that is not done yet. */
    public void restore(String keyName, String version) {
        state.key(keyName).restore(versionName(keyName, version), state.now());
    }

    /** Versions that are added to the key from now on take their time, as those in an HSM do. */
    public void holdGeneration(String keyName) {
        state.key(keyName).holdGeneration();
    }

    public void finishGeneration(String keyName) {
        state.key(keyName).finishGeneration();
    }

    /** What goes wrong with one key, which need not be there yet. */
    public Faults faultsOf(String keyName) {
        return state.faultsOf(keyName);
    }

    /** What goes wrong with every call. */
    public Faults faults() {
        return state.faultsOfAll();
    }

    public CallCounts counts() {
        return state.counts();
    }

    /** Lets time pass, as far as destruction is concerned. */
    public void advance(java.time.Duration by) {
        state.advance(by);
    }

    /** Nobody listens any more, and what is under way is cut off. */
    public void stop() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens again, on the same port and with the same keys. */
    public void resume() {
        server = serve(port);
    }

    /** Drops every connection, and takes new ones at once. */
    public void dropConnections() {
        stop();
        resume();
    }

    @Override
    public void close() {
        stop();
        state.close();
    }

    private Server serve(int onPort) {
        try {
            return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort))
                    .permitKeepAliveTime(1, TimeUnit.SECONDS).addService(new EmulatedKms(state)).build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String versionName(String keyName, String version) {
        return keyName + "/cryptoKeyVersions/" + version;
    }
}
