package build.leash.secrets.api.event;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.AppId;
import org.axonframework.serialization.Revision;

/**
 * An app is shown under another name from now on. What keys and sources call it stays.
 */
@EventName("secrets.app-renamed")
@Revision("1")
public record AppRenamed(OrganizationId organizationId, AppId appId, AppName app, DisplayName displayName)
        implements
            EnvEvent {}
