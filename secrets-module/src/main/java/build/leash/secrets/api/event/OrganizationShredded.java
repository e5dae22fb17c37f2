package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;

import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * All secrets and wrapped data keys of an organization were destroyed in the transaction that records this. The proof,
 * together with one {@link KeyDestructionScheduled} for each key that was made for the organization.
 *
 * @param keys the keys the organization had, the present one first
 * @param dataKeys how many wrapped data keys were destroyed
 * @param secrets how many sealed secrets were destroyed
 */
@EventName("secrets.organization-shredded")
@Revision("1")
public record OrganizationShredded(OrganizationId organizationId, List<ShreddedKey> keys, long dataKeys, long secrets)
        implements
            SecretsEvent {

    public OrganizationShredded {
        keys = List.copyOf(keys);
    }
}
