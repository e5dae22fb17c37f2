package build.leash.secrets.api;

import build.leash.access.api.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of native sources. They go in and never come out but to the apps that may read them. */
public interface NativeValues {

    /** How many keys a source may hold. */
    int MAX_KEYS = 1_000;

    /** How many versions of a value are kept, the present one included. */
    int KEPT_VERSIONS = 10;

    /**
     * Sets a value. Every read that begins after this returns sees it.
     *
     * @param expected the version to be replaced; null for whatever there is now, or nothing
     * @throws build.leash.access.api.Rejected {@link build.leash.access.api.AccessRejection#FORBIDDEN},
     *         {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED},
     *         {@link SecretsRejection#UNKNOWN_SOURCE}, {@link SecretsRejection#WRONG_KIND_OF_SOURCE},
     *         {@link build.leash.access.api.AccessRejection#LIMIT_REACHED},
     *         {@link SecretsRejection#SECRETS_UNAVAILABLE}, {@link SecretsRejection#VERSION_CONFLICT}
     */
    ValueView set(Caller caller, SourceId source, EnvKey key, EnvValue value, @Nullable Long expected);

    /**
     * Makes the value of an earlier version the present one again, as a new version.
     *
     * @param version the earlier one
     * @param expected the version to be replaced; null for whatever it is now
     * @throws build.leash.access.api.Rejected as setting one, {@link SecretsRejection#KEY_NOT_FOUND},
     *         {@link SecretsRejection#UNKNOWN_VERSION}
     */
    ValueView rollBack(Caller caller, SourceId source, EnvKey key, long version, @Nullable Long expected);

    /**
     * Removes a value with all its versions. Allowed on every plan.
     *
     * @param expected the version to be removed; null for whatever it is now
     * @throws build.leash.access.api.Rejected {@link SecretsRejection#UNKNOWN_SOURCE},
     *         {@link SecretsRejection#WRONG_KIND_OF_SOURCE}, {@link SecretsRejection#KEY_NOT_FOUND},
     *         {@link SecretsRejection#VERSION_CONFLICT}
     */
    void remove(Caller caller, SourceId source, EnvKey key, @Nullable Long expected);

    /**
     * The versions that are kept, the present one first.
     *
     * @throws build.leash.access.api.Rejected {@link SecretsRejection#UNKNOWN_SOURCE},
     *         {@link SecretsRejection#KEY_NOT_FOUND}
     */
    List<VersionView> versions(Caller caller, SourceId source, EnvKey key);

    /** @param restoredFrom the earlier version whose value it has; null if somebody typed it */
    record VersionView(long version, Instant changedAt, String changedBy, @Nullable Long restoredFrom) {}
}
