package build.leash.secrets.env;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.event.SourceAdded;
import build.leash.secrets.api.event.SourceChanged;
import build.leash.secrets.api.event.SourceFailed;
import build.leash.secrets.api.event.SourceRecovered;
import build.leash.secrets.api.event.SourceRemoved;
import build.leash.secrets.api.event.SourceSynced;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** A secret source, from the day it is added to the day it is removed. */
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class SecretSource {

    @AggregateIdentifier
    private SourceId id;
    private OrganizationId organizationId;
    private SourceTraits traits;
    private long version;
    private boolean failing;
    private boolean removed;

    /** For Axon, which then replays the events. */
    @SuppressWarnings("NullAway.Init")
    SecretSource() {}

    @CommandHandler
    @SuppressWarnings("NullAway.Init")
    SecretSource(AddSource command) {
        SourceTraits added = command.traits();
        isSealedFor(1, added.credential());
        apply(new SourceAdded(command.organizationId(), command.sourceId(), added.name(), command.kind(),
                added.settings(), added.credential(), added.apps(), added.staleSeconds()));
    }

    @CommandHandler
    void handle(ChangeSource command) {
        removedSourcesStayRemoved();
        nobodyWasFaster(command.expectedVersion());
        SourceTraits changed = command.traits();
        if (changed.equals(traits)) {
            return;
        }
        if (changed.credential() != null && !changed.credential().equals(traits.credential())) {
            isSealedFor(version + 1, changed.credential());
        }
        apply(new SourceChanged(organizationId, id, changed.name(), changed.settings(), changed.credential(),
                changed.apps(), changed.staleSeconds(), version + 1));
    }

    @CommandHandler
    void handle(RemoveSource command) {
        removedSourcesStayRemoved();
        nobodyWasFaster(command.expectedVersion());
        apply(new SourceRemoved(organizationId, id));
    }

    @CommandHandler
    void handle(RecordFailure command) {
        removedSourcesStayRemoved();
        if (!failing) {
            apply(new SourceFailed(organizationId, id, command.reason()));
        }
    }

    @CommandHandler
    void handle(RecordAnswer command) {
        removedSourcesStayRemoved();
        if (failing) {
            apply(new SourceRecovered(organizationId, id));
        }
        if (command.demanded()) {
            apply(new SourceSynced(organizationId, id, command.held(), command.changed(), command.removed()));
        }
    }

    @EventSourcingHandler
    void on(SourceAdded event) {
        id = event.sourceId();
        organizationId = event.organizationId();
        traits = new SourceTraits(event.name(), event.settings(), event.credential(), event.apps(),
                event.staleSeconds());
        version = 1;
    }

    @EventSourcingHandler
    void on(SourceChanged event) {
        traits = new SourceTraits(event.name(), event.settings(), event.credential(), event.apps(),
                event.staleSeconds());
        version = event.version();
    }

    @EventSourcingHandler
    void on(SourceFailed event) {
        failing = true;
    }

    @EventSourcingHandler
    void on(SourceRecovered event) {
        failing = false;
    }

    @EventSourcingHandler
    void on(SourceRemoved event) {
        removed = true;
    }

    private void removedSourcesStayRemoved() {
        if (removed) {
            throw new Rejected(SecretsRejection.UNKNOWN_SOURCE, "The source was removed: " + id);
        }
    }

    private void nobodyWasFaster(@Nullable Long expectedVersion) {
        if (expectedVersion != null && expectedVersion != version) {
            throw new Rejected(SecretsRejection.VERSION_CONFLICT,
                    "The source is at version " + version + ", not " + expectedVersion + ".");
        }
    }

    /** A credential opens only under the version it was sealed for. */
    private static void isSealedFor(long version, @Nullable SecretRef credential) {
        if (credential != null && credential.version() != version) {
            throw new IllegalStateException(
                    "A credential was sealed for version " + credential.version() + ", not " + version);
        }
    }
}
