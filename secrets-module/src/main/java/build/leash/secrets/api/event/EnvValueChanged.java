package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SourceId;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A source holds a value, or another one than before.
 *
 * @param value sealed for this version
 * @param restoredFrom the earlier version whose value it has; null if it is a new one
 * @param changedAt when the source said that it changed; null for the time of the event, as it always is by now
 */
@EventName("secrets.env-value-changed")
@Revision("1")
public record EnvValueChanged(OrganizationId organizationId, SourceId sourceId, EnvKey key, SecretRef value,
        long version, @Nullable Long restoredFrom, @Nullable Instant changedAt)
        implements
            EnvEvent {}
