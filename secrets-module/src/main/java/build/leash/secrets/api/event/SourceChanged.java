package build.leash.secrets.api.event;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SourceId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A secret source became different. Holds all of it, as it is from then on.
 *
 * @param settings what its kind needs to know that is no secret
 * @param credential what it asks with, sealed; null if it needs nothing
 * @param apps the apps that may read it
 * @param staleSeconds how long the last good value is served while it gives no answer
 */
@EventName("secrets.source-changed")
@Revision("1")
public record SourceChanged(OrganizationId organizationId, SourceId sourceId, DisplayName name,
        Map<String, String> settings, @Nullable SecretRef credential, List<AppName> apps, long staleSeconds,
        long version)
        implements
            EnvEvent {

    public SourceChanged {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        apps = List.copyOf(apps);
    }
}
