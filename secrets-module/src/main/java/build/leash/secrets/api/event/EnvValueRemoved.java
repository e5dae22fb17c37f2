package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SourceId;
import org.axonframework.serialization.Revision;

/**
 * A source holds a value no longer.
 */
@EventName("secrets.env-value-removed")
@Revision("1")
public record EnvValueRemoved(OrganizationId organizationId, SourceId sourceId, EnvKey key, long version)
        implements
            EnvEvent {}
