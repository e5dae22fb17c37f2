package build.leash.secrets.api.event;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.AppId;
import org.axonframework.serialization.Revision;

/**
 * An app was registered.
 */
@EventName("secrets.app-registered")
@Revision("1")
public record AppRegistered(OrganizationId organizationId, AppId appId, AppName app, DisplayName displayName)
        implements
            EnvEvent {}
