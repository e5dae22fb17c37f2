package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import org.axonframework.serialization.Revision;

/**
 * An organization is told nothing any more.
 */
@EventName("secrets.notifications-stopped")
@Revision("1")
public record NotificationsStopped(OrganizationId organizationId, long version)
        implements
            EnvEvent {}
