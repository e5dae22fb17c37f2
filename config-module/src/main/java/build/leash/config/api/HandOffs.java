package build.leash.config.api;

import build.leash.access.api.AppKey;
import build.leash.registry.api.ServerVersion;
import java.util.function.Predicate;

/** Hands MCP servers off to apps. */
public interface HandOffs {

    /**
     * What the app needs to connect to the server of this slug. Reflects every change that was acknowledged before the
     * call began.
     *
     * @param slug as it came, whatever it is
     * @param known the versions that the app has already
     * @throws build.leash.access.api.Rejected in this order:
     *         {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED},
     *         {@link build.leash.access.api.AccessRejection#NOT_ALLOWED},
     *         {@link build.leash.registry.api.RegistryRejection#UNKNOWN_MCP_SERVER},
     *         {@link build.leash.secrets.api.SecretsRejection#SECRETS_UNAVAILABLE}
     */
    HandOff handOff(AppKey app, String slug, Predicate<ServerVersion> known);
}
