package build.leash.secrets.env;

import build.leash.secrets.api.SecretRef;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * @param restoredFrom the earlier version whose value it has; null if it is a new one
 * @param changedAt when the source says that it changed; null for now
 * @param expectedVersion the one to be replaced; null for whatever it is now
 */
record Hold(@TargetAggregateIdentifier EnvEntryId id, SecretRef value, @Nullable Long restoredFrom,
        @Nullable Instant changedAt, @Nullable Long expectedVersion) {}
