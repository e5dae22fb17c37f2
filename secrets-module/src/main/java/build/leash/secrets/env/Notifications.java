package build.leash.secrets.env;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import build.leash.access.api.Rejected;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.event.NotificationsSet;
import build.leash.secrets.api.event.NotificationsStopped;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;

/** Where an organization is told that a source fails. */
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class Notifications {

    @AggregateIdentifier
    private NotificationsId id;
    private long version;
    private boolean active;

    /** For Axon, which then replays the events. */
    @SuppressWarnings("NullAway.Init")
    Notifications() {}

    @CommandHandler
    @SuppressWarnings("NullAway.Init")
    Notifications(SetFirstNotifications command) {
        isSealedFor(1, command.secret());
        apply(new NotificationsSet(command.id().organization(), command.url(), command.secret(), 1));
    }

    @CommandHandler
    void handle(SetNotifications command) {
        isSealedFor(version + 1, command.secret());
        apply(new NotificationsSet(id.organization(), command.url(), command.secret(), version + 1));
    }

    @CommandHandler
    void handle(StopNotifications command) {
        if (!active) {
            throw new Rejected(SecretsRejection.UNKNOWN_NOTIFICATIONS, "Nobody is notified.");
        }
        apply(new NotificationsStopped(id.organization(), version + 1));
    }

    @EventSourcingHandler
    void on(NotificationsSet event) {
        id = new NotificationsId(event.organizationId());
        version = event.version();
        active = true;
    }

    @EventSourcingHandler
    void on(NotificationsStopped event) {
        version = event.version();
        active = false;
    }

    /** A secret opens only under the version it was sealed for. */
    private static void isSealedFor(long version, SecretRef secret) {
        if (secret.version() != version) {
            throw new IllegalStateException("A secret was sealed for version " + secret.version() + ", not " + version);
        }
    }
}
