package build.leash.secrets.api;

import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An organization's secret sources. */
public interface SecretSources {

    /** How many sources an organization may have. */
    int MAX_SOURCES = 100;

    /**
     * Adds a source.
     *
     * @throws build.leash.access.api.Rejected {@link build.leash.access.api.AccessRejection#FORBIDDEN},
     *         {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED}, {@link SecretsRejection#UNKNOWN_APP},
     *         {@link SecretsRejection#SOURCE_TAKEN}, {@link build.leash.access.api.AccessRejection#LIMIT_REACHED},
     *         {@link SecretsRejection#SECRETS_UNAVAILABLE}
     */
    SourceView add(Caller caller, SourceRequest request);

    /**
     * Changes a source; the version stays if nothing becomes different.
     *
     * @param expected the version to be changed; null for whatever it is now
     * @throws build.leash.access.api.Rejected as adding one, {@link SecretsRejection#UNKNOWN_SOURCE},
     *         {@link SecretsRejection#VERSION_CONFLICT}
     */
    SourceView change(Caller caller, SourceId id, SourceChange change, @Nullable Long expected);

    /**
     * Puts an app on the source's allow-list, or takes it off. The other apps stay, whoever changes the list meanwhile.
     *
     * @throws build.leash.access.api.Rejected {@link build.leash.access.api.AccessRejection#FORBIDDEN},
     *         {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED}, {@link SecretsRejection#UNKNOWN_APP},
     *         {@link SecretsRejection#UNKNOWN_SOURCE}
     */
    SourceView allow(Caller caller, SourceId id, AppName app, boolean allowed);

    /**
     * Removes a source with all its values. Allowed on every plan.
     *
     * @param expected the version to be removed; null for whatever it is now
     * @throws build.leash.access.api.Rejected {@link SecretsRejection#UNKNOWN_SOURCE},
     *         {@link SecretsRejection#VERSION_CONFLICT}
     */
    void remove(Caller caller, SourceId id, @Nullable Long expected);

    /**
     * Asks an external source now. What came of it is in the answer.
     *
     * @throws build.leash.access.api.Rejected {@link build.leash.access.api.AccessRejection#FORBIDDEN},
     *         {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED},
     *         {@link SecretsRejection#UNKNOWN_SOURCE}, {@link SecretsRejection#WRONG_KIND_OF_SOURCE},
     *         {@link SecretsRejection#SECRETS_UNAVAILABLE}
     */
    SourceView sync(Caller caller, SourceId id);

    /** @throws build.leash.access.api.Rejected {@link SecretsRejection#UNKNOWN_SOURCE} */
    SourceView get(Caller caller, SourceId id);

    /** All sources by name. */
    List<SourceView> list(Caller caller);

    /** What all sources hold, by key and then by who wins where several hold one; or what one source holds. */
    List<ValueView> values(Caller caller, @Nullable SourceId source);

    /** What all sources hold under the keys of this page, whose limit and cursor are about keys. */
    Page<ValueView> valuesByKey(Caller caller, PageRequest page);

    /** How many keys each source holds; those that hold none are left out. */
    Map<SourceId, Integer> counts(Caller caller);
}
