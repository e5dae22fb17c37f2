package build.leash.secrets.kms.gcp;

import com.google.cloud.kms.v1.ProtectionLevel;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Google Cloud KMS is used. The provider is active if {@code key-ring} is given.
 *
 * @param keyRing where the organizations' keys are made: {@code projects/…/locations/…/keyRings/…}; exists already
 * @param endpoint {@code host:port} instead of {@code cloudkms.googleapis.com:443}, for a regional endpoint or private
 *        service connect; null for the default
 * @param plaintext no TLS and no credentials; for an emulator, and only on a loopback address
 * @param rotationPeriod how often KMS gives a key a new primary version; at least a day
 * @param destroyAfter how long a version is kept for second thoughts once its destruction is scheduled; 1 to 120 days
 * @param protectionLevel of keys that are made: {@code SOFTWARE} or {@code HSM}
 * @param labels further labels of keys that are made
 * @param deadline for one try of one call
 * @param attempts how often a call is tried at most, if it gets no answer or a corrupted one
 * @param backoff before the second try; doubled before each further one, plus or minus half of it at random
 * @param concurrentPerKey calls under way at once with one key; a further one waits for a try's deadline at most
 * @param circuitOpenFor how long a key is left alone after half of its latest calls came to nothing
 */
@ConfigurationProperties("leash.kms.gcp")
public record GcpProperties(@Nullable String keyRing, @Nullable String endpoint,
        @DefaultValue("false") boolean plaintext, @DefaultValue("90d") Duration rotationPeriod,
        @DefaultValue("30d") Duration destroyAfter, @DefaultValue("SOFTWARE") ProtectionLevel protectionLevel,
        @DefaultValue Map<String, String> labels, @DefaultValue("2s") Duration deadline,
        @DefaultValue("3") int attempts, @DefaultValue("100ms") Duration backoff,
        @DefaultValue("8") int concurrentPerKey, @DefaultValue("5s") Duration circuitOpenFor) {

    public GcpProperties {
        labels = Map.copyOf(labels);
    }
}
