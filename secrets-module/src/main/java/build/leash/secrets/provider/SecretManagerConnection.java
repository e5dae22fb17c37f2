package build.leash.secrets.provider;

import build.leash.secrets.kms.Loopback;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Opens Google's client. It has no credentials of its own: each call brings those of the source that is asked. */
final class SecretManagerConnection {

    private static final Duration PER_CALL = Duration.ofSeconds(5);

    private SecretManagerConnection() {}

    static SecretManagerServiceClient open(ProviderProperties properties) {
        try {
            SecretManagerServiceSettings.Builder settings = SecretManagerServiceSettings.newBuilder()
                    .setCredentialsProvider(NoCredentialsProvider.create())
                    .setTransportChannelProvider(channel(properties));
            if (properties.googleEndpoint() != null) {
                settings.setEndpoint(properties.googleEndpoint());
            }
            settings.accessSecretVersionSettings().setRetryableCodes()
                    .setSimpleTimeoutNoRetriesDuration(PER_CALL);
            return SecretManagerServiceClient.create(settings.build());
        } catch (IOException e) {
            throw new UncheckedIOException("No client for Google Secret Manager", e);
        }
    }

    private static InstantiatingGrpcChannelProvider channel(ProviderProperties properties) {
        InstantiatingGrpcChannelProvider.Builder channel = SecretManagerServiceSettings
                .defaultGrpcTransportProviderBuilder();
        if (properties.googlePlaintext()) {
            Loopback.mustBe(properties.googleEndpoint(), "leash.env.provider.google-plaintext");
            channel.setChannelConfigurator(builder -> builder.usePlaintext());
        }
        return channel.build();
    }
}
