package build.leash.secrets.lifecycle;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.KeyOrigin;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.event.DataKeyRotated;
import build.leash.secrets.api.event.EncryptionKeyAssigned;
import build.leash.secrets.api.event.EncryptionKeyRotated;
import build.leash.secrets.api.event.KeyDestructionScheduled;
import build.leash.secrets.api.event.OrganizationShredded;
import build.leash.secrets.api.event.SecretsReencrypted;
import build.leash.secrets.api.event.SecretsRewrapped;
import build.leash.secrets.api.event.ShreddedKey;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;

/** The keys that an organization has and had, up to the day when it is shredded. */
@Revision("1")
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
class EncryptionKey {

    @AggregateIdentifier
    private EncryptionKeyId id;
    /** The present one first. Not final: Jackson fills no final field when it reads a snapshot. */
    private List<ShreddedKey> keys = new ArrayList<>();
    private boolean shredded;

    /** For Axon, which then replays the events. */
    @SuppressWarnings("NullAway.Init")
    EncryptionKey() {}

    @CommandHandler
    @SuppressWarnings("NullAway.Init")
    EncryptionKey(AssignFirstKey command) {
        apply(new EncryptionKeyAssigned(command.id().organization(), command.provider(), command.keyName(),
                command.origin()));
    }

    @CommandHandler
    void handle(AssignKey command) {
        shreddedOrganizationsStayShredded();
        if (!keys.getFirst().equals(new ShreddedKey(command.provider(), command.keyName(), command.origin()))) {
            apply(new EncryptionKeyAssigned(organization(), command.provider(), command.keyName(),
                    command.origin()));
        }
    }

    @CommandHandler
    void handle(RecordKeyRotation command) {
        shreddedOrganizationsStayShredded();
        apply(new EncryptionKeyRotated(organization(), command.provider(), command.keyName(), command.version()));
    }

    @CommandHandler
    void handle(RecordDataKeyRotation command) {
        shreddedOrganizationsStayShredded();
        apply(new DataKeyRotated(organization(), command.dataKeyId(), command.replaced()));
    }

    @CommandHandler
    void handle(RecordRewrapping command) {
        shreddedOrganizationsStayShredded();
        apply(new SecretsRewrapped(organization(), command.provider(), command.keyName(), command.version(),
                command.dataKeys()));
    }

    @CommandHandler
    void handle(RecordReencryption command) {
        shreddedOrganizationsStayShredded();
        apply(new SecretsReencrypted(organization(), command.dataKeyId(), command.secrets(), command.notOpened()));
    }

    @CommandHandler
    void handle(ShredOrganization command) {
        if (!shredded) {
            apply(new OrganizationShredded(organization(), keys, command.dataKeys(), command.secrets()));
        }
    }

    @CommandHandler
    void handle(RecordKeyDestruction command) {
        onlyKeysOfShreddedOrganizationsAreDestroyed();
        onlyKeysThatWereMadeHereAreDestroyed(command.provider(), command.keyName());
        apply(new KeyDestructionScheduled(organization(), command.provider(), command.keyName(),
                command.versions()));
    }

    @EventSourcingHandler
    void on(EncryptionKeyAssigned event) {
        id = new EncryptionKeyId(event.organizationId());
        keys.removeIf(key -> key.provider().equals(event.provider()) && key.keyName().equals(event.keyName()));
        keys.addFirst(new ShreddedKey(event.provider(), event.keyName(), event.origin()));
    }

    @EventSourcingHandler
    void on(OrganizationShredded event) {
        shredded = true;
    }

    private OrganizationId organization() {
        return id.organization();
    }

    private void shreddedOrganizationsStayShredded() {
        if (shredded) {
            throw new Rejected(SecretsRejection.ORGANIZATION_SHREDDED, "The organization's secrets were destroyed.");
        }
    }

    private void onlyKeysOfShreddedOrganizationsAreDestroyed() {
        if (!shredded) {
            throw new IllegalStateException("A key in use was destroyed");
        }
    }

    private void onlyKeysThatWereMadeHereAreDestroyed(String provider, String keyName) {
        if (!keys.contains(new ShreddedKey(provider, keyName, KeyOrigin.MADE))) {
            throw new IllegalStateException("A key that is not ours was destroyed");
        }
    }
}
