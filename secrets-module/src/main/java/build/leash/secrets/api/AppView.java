package build.leash.secrets.api;

import build.leash.access.api.AppName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app of an organization.
 *
 * @param keys what its manifest declares, in order of their names
 * @param syncedAt when the manifest last became different; null if it never did
 * @param syncedBy the actor; null if it never did
 */
public record AppView(AppName name, String displayName, List<EnvKey> keys, @Nullable Instant syncedAt,
        @Nullable String syncedBy) {}
