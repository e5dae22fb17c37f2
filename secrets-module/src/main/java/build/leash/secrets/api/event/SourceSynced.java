package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.SourceId;
import org.axonframework.serialization.Revision;

/**
 * A source was asked on somebody's demand, and answered.
 *
 * @param held how many of the keys that apps declare it holds
 * @param changed how many became different
 * @param removed how many it holds no longer
 */
@EventName("secrets.source-synced")
@Revision("1")
public record SourceSynced(OrganizationId organizationId, SourceId sourceId, int held, int changed, int removed)
        implements
            EnvEvent {}
