package build.leash.secrets.kms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a KEK.
 *
 * @param id as in {@link WrappedKey#keyVersion}
 * @param destroyedAt when its material is, or was, destroyed; null if that is not planned or not known
 */
public record KeyVersion(String id, KeyState state, @Nullable Instant destroyedAt) {

    /** Whether there is still something to destroy. */
    public boolean canBeDestroyed() {
        return state == KeyState.ENABLED || state == KeyState.DISABLED;
    }
}
