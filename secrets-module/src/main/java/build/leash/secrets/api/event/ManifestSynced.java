package build.leash.secrets.api.event;

import build.leash.access.api.AppName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.AppId;
import build.leash.secrets.api.EnvKey;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * An app declares these keys, in order of their names, and no others.
 */
@EventName("secrets.manifest-synced")
@Revision("1")
public record ManifestSynced(OrganizationId organizationId, AppId appId, AppName app, List<EnvKey> keys)
        implements
            EnvEvent {

    public ManifestSynced {
        keys = List.copyOf(keys);
    }
}
