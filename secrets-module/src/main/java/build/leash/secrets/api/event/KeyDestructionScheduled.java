package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;

import java.util.List;
import org.axonframework.serialization.Revision;

/** The key management service confirmed that all versions of a shredded organization's key are, or will be, destroyed. */
@EventName("secrets.key-destruction-scheduled")
@Revision("1")
public record KeyDestructionScheduled(OrganizationId organizationId, String provider, String keyName,
        List<DestroyedVersion> versions) implements SecretsEvent {

    public KeyDestructionScheduled {
        versions = List.copyOf(versions);
    }
}
