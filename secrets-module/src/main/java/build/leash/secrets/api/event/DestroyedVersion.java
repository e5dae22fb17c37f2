package build.leash.secrets.api.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a key after its destruction was asked for.
 *
 * @param state as the key management service tells it, for example {@code destruction_scheduled}
 * @param destroyedAt when its material is destroyed; null if the service does not tell
 */
public record DestroyedVersion(String id, String state, @Nullable Instant destroyedAt) {}
