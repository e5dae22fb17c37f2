package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.SourceId;
import org.axonframework.serialization.Revision;

/**
 * A source that answered does so no longer.
 *
 * @param reason one word, for example {@code timeout}
 */
@EventName("secrets.source-failed")
@Revision("1")
public record SourceFailed(OrganizationId organizationId, SourceId sourceId, String reason)
        implements
            EnvEvent {}
