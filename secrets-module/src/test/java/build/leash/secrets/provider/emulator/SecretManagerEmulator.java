package build.leash.secrets.provider.emulator;

import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.cloud.secretmanager.v1.ServiceProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Google Secret Manager on an ephemeral port of a loopback address. Lets in whoever signs as its {@link ServiceAccounts
 * service account}. Point {@code leash.env.provider.google-endpoint} at {@link #endpoint}, with
 * {@code leash.env.provider.google-plaintext=true}.
 */
public final class SecretManagerEmulator implements AutoCloseable {

    private final ServiceAccounts accounts = new ServiceAccounts();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile @Nullable Status fault;
    private volatile boolean corrupts;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final Server server;

    private SecretManagerEmulator() {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(ServerInterceptors.intercept(service(), accounts)).build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SecretManagerEmulator start() {
        return new SecretManagerEmulator();
    }

    /** {@code host:port}. */
    public String endpoint() {
        return "127.0.0.1:" + server.getPort();
    }

    /** The key file of an account that may access everything. */
    public String keyFile() {
        return accounts.keyFile();
    }

    /** Adds a version that is the latest from then on. */
    public void add(String project, String secret, String value) {
        secrets.put("projects/" + project + "/secrets/" + secret + "/versions/latest", value);
    }

    public void remove(String project, String secret) {
        secrets.remove("projects/" + project + "/secrets/" + secret + "/versions/latest");
    }

    /** Every call fails with this status; null for none. */
    public void failWith(Status.@Nullable Code code) {
        fault = code == null ? null : code.toStatus();
    }

    /** Answers carry a checksum that is not theirs. */
    public void corrupt(boolean corrupt) {
        corrupts = corrupt;
    }

    /** Calls are taken and not answered from now on, until the latch that is answered is counted down. */
    public CountDownLatch hold() {
        CountDownLatch latch = new CountDownLatch(1);
        held = latch;
        return latch;
    }

    public int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The service as its generated descriptor names it; of its methods the one that is used. */
    private ServerServiceDefinition service() {
        MethodDescriptor accessing = ServiceProto.getDescriptor().findServiceByName("SecretManagerService")
                .findMethodByName("AccessSecretVersion");
        String service = accessing.getService().getFullName();
        return ServerServiceDefinition.builder(service).addMethod(
                io.grpc.MethodDescriptor.<AccessSecretVersionRequest, AccessSecretVersionResponse>newBuilder()
                        .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(
                                io.grpc.MethodDescriptor.generateFullMethodName(service, accessing.getName()))
                        .setRequestMarshaller(ProtoUtils.marshaller(AccessSecretVersionRequest.getDefaultInstance()))
                        .setResponseMarshaller(ProtoUtils.marshaller(AccessSecretVersionResponse.getDefaultInstance()))
                        .build(),
                ServerCalls.asyncUnaryCall(this::accessSecretVersion)).build();
    }

    private void accessSecretVersion(AccessSecretVersionRequest request,
            StreamObserver<AccessSecretVersionResponse> answer) {
        calls.incrementAndGet();
        waitWhileHeld();
        Status failing = fault;
        Optional<String> value = Optional.ofNullable(secrets.get(request.getName()));
        if (failing != null || value.isEmpty()) {
            answer.onError((failing == null ? Status.NOT_FOUND : failing)
                    .withDescription("Secret [" + request.getName() + "] not found or has no versions.")
                    .asRuntimeException());
            return;
        }
        answer.onNext(response(request.getName(), value.get().getBytes(StandardCharsets.UTF_8)));
        answer.onCompleted();
    }

    private void waitWhileHeld() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AccessSecretVersionResponse response(String name, byte[] data) {
        CRC32C checksum = new CRC32C();
        checksum.update(data);
        return AccessSecretVersionResponse.newBuilder().setName(name.replace("latest", "1"))
                .setPayload(SecretPayload.newBuilder().setData(ByteString.copyFrom(data))
                        .setDataCrc32C(checksum.getValue() + (corrupts ? 1 : 0)))
                .build();
    }
}
