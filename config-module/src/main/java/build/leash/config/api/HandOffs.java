package build.leash.config.api;

import build.leash.access.api.AppKey;
import build.leash.registry.api.ServerVersion;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Hands MCP servers off to apps. */
public interface HandOffs {

    /**
     * Recognizes the app that asks for the server of this slug. What the answer tells is of one moment after the call
     * began, so it reflects every change that was acknowledged before.
     *
     * @param presentedKey the header as it came, null if it did not
     * @param slug as it came, whatever it is
     * @param known told who asks, once, as soon as that is certain, and before anything is read for an app whose key is
     *        remembered; throws to turn it down
     * @throws build.leash.access.api.Rejected {@link build.leash.access.api.AccessRejection#API_KEY_REQUIRED},
     *         {@link build.leash.access.api.AccessRejection#INVALID_API_KEY}, or
     *         {@link build.leash.access.api.AccessRejection#STORAGE_UNAVAILABLE}
     */
    Asked ask(@Nullable String presentedKey, String slug, Consumer<AppKey> known);

    /** An app that may ask, and what it asked for. */
    interface Asked {

        AppKey app();

        /** How long ago it was the latest state: zero, unless the operator prefers old answers to none. */
        Duration age();

        /**
         * What the app needs to connect to the server.
         *
         * @param known the versions that the app has already
         * @throws build.leash.access.api.Rejected in this order:
         *         {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED},
         *         {@link build.leash.access.api.AccessRejection#NOT_ALLOWED},
         *         {@link build.leash.registry.api.RegistryRejection#UNKNOWN_MCP_SERVER},
         *         {@link build.leash.secrets.api.SecretsRejection#SECRETS_UNAVAILABLE}
         */
        HandOff handOff(Predicate<ServerVersion> known);
    }
}
