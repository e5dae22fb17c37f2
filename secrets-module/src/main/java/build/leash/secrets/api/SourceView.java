package build.leash.secrets.api;

import build.leash.access.api.AppName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A secret source, without its credential.
 *
 * @param apps the apps that may read it
 * @param staleSeconds how long the last good value is served while the source gives no answer; 0 for not at all
 * @param version 1 when it was added, and one more with every change
 * @param sync how asking it goes; null for a native source
 */
public record SourceView(SourceId id, String name, SourceKind kind, Map<String, String> settings,
        boolean hasCredential, List<AppName> apps, long staleSeconds, long version, Instant addedAt, String addedBy,
        Instant changedAt, String changedBy, @Nullable SyncView sync) {

    /**
     * How asking an external source goes.
     *
     * @param succeededAt when it last answered; null if it never did
     * @param triedAt when it was last asked; null if it never was
     * @param failingSince when it stopped answering; null while it answers
     * @param failure why it does not answer, as one word
     */
    public record SyncView(@Nullable Instant succeededAt, @Nullable Instant triedAt, @Nullable Instant failingSince,
            @Nullable String failure) {}
}
