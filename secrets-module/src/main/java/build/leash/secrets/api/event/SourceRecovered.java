package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.SourceId;
import org.axonframework.serialization.Revision;

/**
 * A source that gave no answer does so again.
 */
@EventName("secrets.source-recovered")
@Revision("1")
public record SourceRecovered(OrganizationId organizationId, SourceId sourceId)
        implements
            EnvEvent {}
