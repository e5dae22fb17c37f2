package build.leash.secrets.kms;

import build.leash.secrets.api.KmsHealth;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a provider as a whole is in reach. It is held to be out of reach once calls with {@value #SILENT_KEYS}
 * different keys came to nothing and none got an answer in between, so that one organization's broken key says nothing
 * about the others'.
 *
 * <p>
 * From then on two calls in {@link #PROBE_EVERY} are let through, and the first answer ends it: one with a key that came
 * to nothing already and one with another, so that a few broken keys cannot hide from the others that all is well.
 */
final class Reach {

    static final int SILENT_KEYS = 3;
    static final Duration PROBE_EVERY = Duration.ofSeconds(1);
    private static final int MAX_REMEMBERED = 10_000;

    private final String provider;
    private final Clock clock;
    private final Probes withSilentKeys;
    private final Probes withOtherKeys;
    private final Set<String> silentKeys = new HashSet<>();
    private @Nullable Instant lastAnswer;
    private @Nullable Instant lastSilence;
    private @Nullable String lastError;

    /** @param clock what {@link #health} tells the time by */
    Reach(String provider, Clock clock, Ticker ticker) {
        this.provider = provider;
        this.clock = clock;
        this.withSilentKeys = new Probes(ticker);
        this.withOtherKeys = new Probes(ticker);
    }

    /** The service answered, if only with a no. */
    synchronized void answered() {
        silentKeys.clear();
        lastAnswer = clock.instant();
    }

    /** A call came to nothing. */
    synchronized void silent(String keyName, String error) {
        if (silentKeys.size() < MAX_REMEMBERED) {
            silentKeys.add(keyName);
        }
        lastSilence = clock.instant();
        lastError = error;
    }

    /** Whether a call may go out now. */
    synchronized boolean allowsCall(String keyName) {
        if (silentKeys.size() < SILENT_KEYS) {
            return true;
        }
        return (silentKeys.contains(keyName) ? withSilentKeys : withOtherKeys).mayGo();
    }

    synchronized KmsHealth.Provider health() {
        return new KmsHealth.Provider(provider, silentKeys.isEmpty(), lastError, lastSilence, lastAnswer);
    }

    /** One in {@link #PROBE_EVERY}. */
    private static final class Probes {

        private final Ticker ticker;
        private long next;

        Probes(Ticker ticker) {
            this.ticker = ticker;
            this.next = ticker.read();
        }

        boolean mayGo() {
            long now = ticker.read();
            boolean due = now - next >= 0;
            if (due) {
                next = now + PROBE_EVERY.toNanos();
            }
            return due;
        }
    }
}
