package build.leash.secrets.kms.gcp;

import build.leash.secrets.kms.emulator.KmsEmulator;
import com.google.cloud.kms.v1.ProtectionLevel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;

/** The real client, pointed at the emulator, and less patient than in production. */
public final class Gcp {

    public static final int ATTEMPTS = 3;
    public static final Duration DEADLINE = Duration.ofMillis(400);

    private Gcp() {}

    public static GcpKms at(KmsEmulator emulator, MeterRegistry meters) {
        return new GcpKms(properties(emulator.endpoint()), meters);
    }

    /** A client so patient that no call is ever made again, however busy the machine is. */
    public static GcpKms patientAt(KmsEmulator emulator, MeterRegistry meters) {
        return new GcpKms(properties(emulator.endpoint(), Duration.ofMinutes(1)), meters);
    }

    static GcpProperties properties(String endpoint) {
        return properties(endpoint, DEADLINE);
    }

    private static GcpProperties properties(String endpoint, Duration deadline) {
        return new GcpProperties(KmsEmulator.KEY_RING, endpoint, true, Duration.ofDays(90), Duration.ofDays(30),
                ProtectionLevel.SOFTWARE, Map.of("team", "platform"), deadline, ATTEMPTS, Duration.ofMillis(5), 4,
                Duration.ofMillis(200));
    }
}
