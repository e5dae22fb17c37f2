package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.SecretRef;
import org.axonframework.serialization.Revision;

/**
 * An organization is told at this URL when a source stops answering or answers again.
 *
 * @param secret with which requests are signed, sealed for this version
 */
@EventName("secrets.notifications-set")
@Revision("1")
public record NotificationsSet(OrganizationId organizationId, String url, SecretRef secret, long version)
        implements
            EnvEvent {}
