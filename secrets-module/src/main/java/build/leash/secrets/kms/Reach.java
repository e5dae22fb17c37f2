package build.leash.secrets.kms;

import build.leash.secrets.api.KmsHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a provider as a whole is in reach. It is held to be out of reach once calls with {@value #SILENT_KEYS}
 * different keys came to nothing and none got an answer in between, so that one organization's broken key says nothing
 * about the others'. From then on one call in {@link #PROBE_EVERY} is let through, and the first answer ends it.
 */
final class Reach {

    static final int SILENT_KEYS = 3;
    static final Duration PROBE_EVERY = Duration.ofSeconds(1);

    private final String provider;
    private final Clock clock;
    private final Set<String> silentKeys = new HashSet<>();
    private @Nullable Instant lastAnswer;
    private @Nullable Instant lastSilence;
    private @Nullable String lastError;
    private Instant nextProbe = Instant.MIN;

    Reach(String provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /** The service answered, if only with a no. */
    synchronized void answered() {
        silentKeys.clear();
        lastAnswer = clock.instant();
    }

    /** A call came to nothing. */
    synchronized void silent(String keyName, String error) {
        if (silentKeys.size() < SILENT_KEYS) {
            silentKeys.add(keyName);
        }
        lastSilence = clock.instant();
        lastError = error;
    }

    /** Whether a call may go out now. */
    synchronized boolean allowsCall() {
        if (silentKeys.size() < SILENT_KEYS) {
            return true;
        }
        Instant now = clock.instant();
        if (now.isBefore(nextProbe)) {
            return false;
        }
        nextProbe = now.plus(PROBE_EVERY);
        return true;
    }

    synchronized KmsHealth.Provider health() {
        return new KmsHealth.Provider(provider, silentKeys.isEmpty(), lastError, lastSilence, lastAnswer);
    }
}
