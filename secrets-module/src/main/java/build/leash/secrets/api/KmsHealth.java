package build.leash.secrets.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How this node gets on with its key management services, for a health indicator. Asks nobody. */
public interface KmsHealth {

    /** The configured providers. */
    List<Provider> providers();

    /**
     * One provider as seen from this node.
     *
     * @param reachable whether no call came to nothing since the last answer; true before the first call
     * @param lastError why the latest call that came to nothing did, for example {@code timed_out}; null if none did
     * @param lastErrorAt when that was; null if never
     * @param lastAnswerAt when the service last answered anything; null if never
     */
    record Provider(String name, boolean reachable, @Nullable String lastError, @Nullable Instant lastErrorAt,
            @Nullable Instant lastAnswerAt) {}
}
