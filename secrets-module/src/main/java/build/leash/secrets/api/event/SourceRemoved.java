package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.SourceId;
import org.axonframework.serialization.Revision;

/**
 * A secret source was removed with all its values.
 */
@EventName("secrets.source-removed")
@Revision("1")
public record SourceRemoved(OrganizationId organizationId, SourceId sourceId)
        implements
            EnvEvent {}
