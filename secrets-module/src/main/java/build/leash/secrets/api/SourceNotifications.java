package build.leash.secrets.api;

import build.leash.access.api.Caller;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an organization is told when a secret source stops answering or answers again: a signed request
 * (standardwebhooks.com) to a server of its own.
 */
public interface SourceNotifications {

    /** Where; empty if nobody is told. */
    Optional<NotificationsView> get(Caller caller);

    /**
     * Tells whoever listens there from now on.
     *
     * @param secret with which requests are signed
     * @throws build.leash.access.api.InvalidValue if the URL or the secret breaks the rules for one
     * @throws build.leash.access.api.Rejected {@link build.leash.access.api.AccessRejection#FORBIDDEN},
     *         {@link build.leash.billing.api.BillingRejection#UPGRADE_REQUIRED},
     *         {@link SecretsRejection#SECRETS_UNAVAILABLE}
     */
    NotificationsView set(Caller caller, String url, PlainSecret secret);

    /**
     * Tells nobody any more.
     *
     * @throws build.leash.access.api.Rejected {@link SecretsRejection#UNKNOWN_NOTIFICATIONS}
     */
    void stop(Caller caller);

    /** Where an organization is told, without the secret. */
    record NotificationsView(String url, Instant changedAt, String changedBy) {}
}
