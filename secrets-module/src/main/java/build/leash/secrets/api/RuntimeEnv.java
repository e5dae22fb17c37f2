package build.leash.secrets.api;

import build.leash.access.api.AppKey;
import build.leash.access.api.AppName;
import build.leash.access.api.OrganizationId;
import java.util.List;
import java.util.Map;

/** Env values, as apps read them. Reflects every change of a native value that was acknowledged before the call. */
public interface RuntimeEnv {

    /** How many keys can be asked for at once. */
    int MAX_KEYS = 100;

    /**
     * The values of these keys, all of them or none.
     *
     * @param keys as they came, whatever they are
     * @throws build.leash.access.api.Rejected in this order: {@link SecretsRejection#INVALID_KEY},
     *         {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED},
     *         {@link SecretsRejection#KEY_NOT_DECLARED}, {@link SecretsRejection#SOURCE_UNREACHABLE},
     *         {@link SecretsRejection#KEY_NOT_FOUND}, {@link SecretsRejection#SECRETS_UNAVAILABLE}
     */
    Env read(AppKey app, List<String> keys);

    /**
     * Whatever the app's manifest declares and its sources hold.
     *
     * @throws build.leash.access.api.Rejected {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED},
     *         {@link SecretsRejection#SOURCE_UNREACHABLE}, {@link SecretsRejection#SECRETS_UNAVAILABLE}
     */
    Env readAll(AppKey app);

    /** Who last read each key of an app, without those that nobody did. At most a second behind. */
    Map<EnvKey, LastRead> lastReads(OrganizationId organization, AppName app);

    /**
     * Values in plain by key, in the order in which they were asked for. Does not print itself.
     *
     * @param versions of each key, which source it is from and in which version: {@code <source id>.<number>}
     */
    record Env(Map<String, String> values, Map<String, String> versions) {

        @Override
        public String toString() {
            return "Env" + values.keySet();
        }
    }
}
