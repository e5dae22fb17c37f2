package build.leash.secrets.env;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.AppId;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.event.AppRegistered;
import build.leash.secrets.api.event.AppRemoved;
import build.leash.secrets.api.event.AppRenamed;
import build.leash.secrets.api.event.ManifestSynced;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;

/** An app and the keys that it declares, from its registration to its removal. */
@Revision("2")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class App {

    @AggregateIdentifier
    private AppId id;
    private OrganizationId organizationId;
    private AppName name;
    private DisplayName displayName;
    private List<EnvKey> keys = new ArrayList<>();
    private boolean removed;

    /** For Axon, which then replays the events. */
    @SuppressWarnings("NullAway.Init")
    App() {}

    @CommandHandler
    @SuppressWarnings("NullAway.Init")
    App(RegisterApp command) {
        apply(new AppRegistered(command.organizationId(), command.appId(), command.name(), command.displayName()));
    }

    @CommandHandler
    void handle(RenameApp command) {
        removedAppsStayRemoved();
        if (!command.displayName().equals(displayName)) {
            apply(new AppRenamed(organizationId, id, name, command.displayName()));
        }
    }

    @CommandHandler
    void handle(SyncManifest command) {
        removedAppsStayRemoved();
        if (!command.keys().equals(keys)) {
            apply(new ManifestSynced(organizationId, id, name, command.keys()));
        }
    }

    @CommandHandler
    void handle(RemoveApp command) {
        removedAppsStayRemoved();
        apply(new AppRemoved(organizationId, id, name));
    }

    @EventSourcingHandler
    void on(AppRegistered event) {
        id = event.appId();
        organizationId = event.organizationId();
        name = event.app();
        displayName = event.displayName();
    }

    @EventSourcingHandler
    void on(AppRenamed event) {
        displayName = event.displayName();
    }

    @EventSourcingHandler
    void on(ManifestSynced event) {
        keys = event.keys();
    }

    @EventSourcingHandler
    void on(AppRemoved event) {
        removed = true;
    }

    private void removedAppsStayRemoved() {
        if (removed) {
            throw new Rejected(SecretsRejection.UNKNOWN_APP, "The app was removed: " + name);
        }
    }
}
