package build.leash.secrets.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An organization's key as its members see it.
 *
 * @param key null until something is sealed for the first time
 * @param primaryVersion null if it is not known just now
 * @param versions those that KMS tells of, or else those that wrap data keys; the newest first
 * @param problem why KMS told nothing, for example {@code permission_denied}; null if it did, or was not asked
 * @param dataKeys how many there are, wrapped under this or an earlier key
 * @param secrets how many are sealed, replaced ones included
 * @param jobs the latest of each kind
 */
public record EncryptionKeyView(State state, @Nullable Key key, @Nullable String primaryVersion,
        List<Version> versions, @Nullable String problem, long dataKeys, long secrets, List<Job> jobs) {

    public EncryptionKeyView {
        versions = List.copyOf(versions);
        jobs = List.copyOf(jobs);
    }

    /** What the organization can do with its secrets. */
    public enum State {
        /** Nothing was sealed yet. */
        UNASSIGNED,
        ACTIVE,
        /** All secrets are gone, for ever. */
        SHREDDED
    }

    /** The key itself. */
    public record Key(String provider, String name, KeyOrigin origin, Instant assignedAt) {}

    /**
     * One version.
     *
     * @param state as KMS tells it; null if it did not
     * @param destroyedAt when its material is, or was, destroyed; null if that is not planned or not known
     * @param dataKeys how many are wrapped under it
     */
    public record Version(String id, @Nullable String state, @Nullable Instant destroyedAt, long dataKeys) {}

    /**
     * Work in the background.
     *
     * @param kind {@code rewrap}, {@code re-encrypt} or {@code destroy-keys}
     * @param state {@code running}, {@code done} or {@code superseded} by a later one
     * @param error why it does not get on just now, and is tried again; null if it does
     * @param finishedAt null while it runs
     */
    public record Job(String kind, String state, long total, long done, @Nullable String error, Instant requestedAt,
            @Nullable Instant finishedAt) {}
}
