package build.leash.secrets.env;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.event.EnvValueChanged;
import build.leash.secrets.api.event.EnvValueRemoved;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** What a source holds under one key. */
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class EnvEntry {

    @AggregateIdentifier
    private EnvEntryId id;
    private OrganizationId organizationId;
    private long version;
    private boolean held;

    /** For Axon, which then replays the events. */
    @SuppressWarnings("NullAway.Init")
    EnvEntry() {}

    @CommandHandler
    @SuppressWarnings("NullAway.Init")
    EnvEntry(HoldFirst command) {
        isSealedFor(1, command.value());
        apply(new EnvValueChanged(command.organizationId(), command.id().source(), command.id().key(),
                command.value(), 1, null, null));
    }

    @CommandHandler
    void handle(Hold command) {
        nobodyWasFaster(command.expectedVersion());
        isSealedFor(version + 1, command.value());
        apply(new EnvValueChanged(organizationId, id.source(), id.key(), command.value(), version + 1,
                command.restoredFrom(), null));
    }

    @CommandHandler
    void handle(LetGo command) {
        onlyWhatIsHeldCanBeLetGo();
        nobodyWasFaster(command.expectedVersion());
        apply(new EnvValueRemoved(organizationId, id.source(), id.key(), version + 1));
    }

    @EventSourcingHandler
    void on(EnvValueChanged event) {
        id = new EnvEntryId(event.sourceId(), event.key());
        organizationId = event.organizationId();
        version = event.version();
        held = true;
    }

    @EventSourcingHandler
    void on(EnvValueRemoved event) {
        version = event.version();
        held = false;
    }

    private void onlyWhatIsHeldCanBeLetGo() {
        if (!held) {
            throw new Rejected(SecretsRejection.KEY_NOT_FOUND, "The source does not hold " + id.key() + ".");
        }
    }

    /** What was let go has no version that anybody could expect. */
    private void nobodyWasFaster(@Nullable Long expectedVersion) {
        if (expectedVersion != null && !(held && expectedVersion == version)) {
            throw new Rejected(SecretsRejection.VERSION_CONFLICT, "The value of " + id.key() + " is "
                    + (held ? "at version " + version + ", not " + expectedVersion + "." : "not held any more."));
        }
    }

    /** A value opens only under the version it was sealed for. */
    private static void isSealedFor(long version, SecretRef value) {
        if (value.version() != version) {
            throw new IllegalStateException("A value was sealed for version " + value.version() + ", not " + version);
        }
    }
}
