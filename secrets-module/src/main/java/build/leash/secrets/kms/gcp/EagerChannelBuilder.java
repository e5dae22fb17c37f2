package build.leash.secrets.kms.gcp;

import io.grpc.ConnectivityState;
import io.grpc.ForwardingChannelBuilder2;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Builds channels that try to connect every {@value #EVERY_SECONDS} seconds. gRPC's own pauses grow to two minutes
 * (grpc.github.io/grpc/core/md_doc_connection-backoff.html), so that after an outage of ten, nothing would be well for
 * so long.
 */
final class EagerChannelBuilder extends ForwardingChannelBuilder2<EagerChannelBuilder> {

    private static final int EVERY_SECONDS = 2;
    private static final Executor LATER = CompletableFuture.delayedExecutor(EVERY_SECONDS, TimeUnit.SECONDS);

    private final ManagedChannelBuilder<?> delegate;

    EagerChannelBuilder(ManagedChannelBuilder<?> delegate) {
        this.delegate = delegate;
    }

    @Override
    protected ManagedChannelBuilder<?> delegate() {
        return delegate;
    }

    @Override
    public ManagedChannel build() {
        ManagedChannel channel = super.build();
        watch(channel);
        return channel;
    }

    private static void watch(ManagedChannel channel) {
        ConnectivityState state = channel.getState(false);
        if (state == ConnectivityState.TRANSIENT_FAILURE) {
            LATER.execute(() -> {
                channel.resetConnectBackoff();
                watch(channel);
            });
        } else if (state != ConnectivityState.SHUTDOWN) {
            channel.notifyWhenStateChanged(state, () -> watch(channel));
        }
    }
}
