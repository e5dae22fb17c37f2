package build.leash.secrets.api;

import build.leash.access.api.AppKey;
import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import java.util.Collection;
import java.util.List;

/** An organization's apps and their manifests: the names, never the values, of the env values that each one reads. */
public interface Apps {

    /** How many apps an organization may have. */
    int MAX_APPS = 200;

    /** How many keys a manifest may declare. */
    int MAX_KEYS = 500;

    /**
     * Registers an app. The app {@link AppName#DEFAULT} is there without it.
     *
     * @throws build.leash.access.api.Rejected {@link build.leash.access.api.AccessRejection#FORBIDDEN},
     *         {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED}, {@link SecretsRejection#APP_TAKEN},
     *         {@link build.leash.access.api.AccessRejection#LIMIT_REACHED}
     */
    AppView register(Caller caller, AppName name, DisplayName displayName);

    /**
     * Changes the name under which an app is shown. What API keys and sources call it stays.
     *
     * @throws build.leash.access.api.Rejected {@link build.leash.access.api.AccessRejection#FORBIDDEN},
     *         {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED}, {@link SecretsRejection#UNKNOWN_APP}
     */
    AppView rename(Caller caller, AppName name, DisplayName displayName);

    /**
     * Removes an app with its manifest, and takes it off the allow-lists of all sources, so that an app that gets the
     * name later inherits nothing. Its keys read nothing from then on, and cannot bring it back. Allowed on every plan.
     *
     * @throws build.leash.access.api.Rejected {@link SecretsRejection#UNKNOWN_APP}
     */
    void remove(Caller caller, AppName name);

    /** @throws build.leash.access.api.Rejected {@link SecretsRejection#UNKNOWN_APP} */
    AppView get(Caller caller, AppName name);

    /** @throws build.leash.access.api.Rejected {@link SecretsRejection#UNKNOWN_APP} if there is none of this name */
    void mustHave(Caller caller, AppName name);

    /** All apps by name, the default one included. */
    List<AppView> list(Caller caller);

    /**
     * Replaces the manifest of an app.
     *
     * @throws build.leash.access.api.Rejected {@link build.leash.access.api.AccessRejection#FORBIDDEN},
     *         {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED}, {@link SecretsRejection#UNKNOWN_APP}
     */
    ManifestView sync(Caller caller, AppName name, Collection<EnvKey> keys);

    /**
     * Replaces the manifest of the app that asks.
     *
     * @throws build.leash.access.api.Rejected {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED},
     *         {@link SecretsRejection#UNKNOWN_APP} if it was removed
     */
    ManifestView sync(AppKey key, Collection<EnvKey> keys, String requestId);

    /**
     * What became of a manifest.
     *
     * @param keys what it declares now
     * @param added what it did not declare before
     * @param removed what it declared before
     * @param missing what no source that the app may read is known to hold
     */
    record ManifestView(AppName app, List<EnvKey> keys, List<EnvKey> added, List<EnvKey> removed,
            List<EnvKey> missing) {}
}
