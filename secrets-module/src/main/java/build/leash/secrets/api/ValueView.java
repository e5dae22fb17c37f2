package build.leash.secrets.api;

import java.time.Instant;

/**
 * A value that a source holds, without the value.
 *
 * @param version 1 when the source first held it, and one more with every change
 * @param changedAt when it became what it is
 * @param changedBy the actor; for an external source, the one who looked
 */
public record ValueView(SourceId source, String sourceName, SourceKind kind, EnvKey key, long version,
        Instant changedAt, String changedBy) {}
