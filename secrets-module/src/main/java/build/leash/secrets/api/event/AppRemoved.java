package build.leash.secrets.api.event;

import build.leash.access.api.AppName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.AppId;
import org.axonframework.serialization.Revision;

/**
 * An app was removed; its name is free.
 */
@EventName("secrets.app-removed")
@Revision("1")
public record AppRemoved(OrganizationId organizationId, AppId appId, AppName app)
        implements
            EnvEvent {}
