package build.leash.secrets.kms.gcp;

import build.leash.secrets.kms.Loopback;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.cloud.kms.v1.KeyManagementServiceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Opens Google's client: gRPC, application default credentials. The client's own retries are off: they know nothing of
 * checksums, and one place decides about repeating.
 */
final class KmsConnection {

    /** So that a connection whose other end vanished is noticed before the next minute. */
    private static final Duration PING_AFTER = Duration.ofSeconds(30);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);

    private KmsConnection() {}

    static KeyManagementServiceClient open(GcpProperties properties) {
        try {
            KeyManagementServiceSettings.Builder settings = KeyManagementServiceSettings.newBuilder();
            String endpoint = properties.endpoint();
            if (endpoint != null) {
                settings.setEndpoint(endpoint);
            }
            settings.setTransportChannelProvider(channel(properties));
            if (properties.plaintext()) {
                settings.setCredentialsProvider(NoCredentialsProvider.create());
            }
            settings.applyToAllUnaryMethods(call -> {
                call.setRetryableCodes().setSimpleTimeoutNoRetriesDuration(properties.deadline());
                return null;
            });
            return KeyManagementServiceClient.create(settings.build());
        } catch (IOException e) {
            throw new UncheckedIOException("No client for Google Cloud KMS: are there application default credentials?",
                    e);
        }
    }

    private static InstantiatingGrpcChannelProvider channel(GcpProperties properties) {
        InstantiatingGrpcChannelProvider.Builder channel = KeyManagementServiceSettings
                .defaultGrpcTransportProviderBuilder().setKeepAliveTimeDuration(PING_AFTER)
                .setKeepAliveTimeoutDuration(PING_TIMEOUT);
        if (properties.plaintext()) {
            Loopback.mustBe(properties.endpoint(), "leash.kms.gcp.plaintext");
        }
        return channel.setChannelConfigurator(builder -> new EagerChannelBuilder(
                properties.plaintext() ? builder.usePlaintext() : builder)).build();
    }
}
