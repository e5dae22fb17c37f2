package build.leash.secrets.kms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A KEK as its service describes it.
 *
 * @param primaryVersion the version that wraps; null if the key has none
 * @param versions all of them, the newest first, up to {@value Kms#MAX_VERSIONS}
 */
public record KeyDescription(String keyName, @Nullable String primaryVersion, List<KeyVersion> versions) {

    public KeyDescription {
        versions = List.copyOf(versions);
    }
}
