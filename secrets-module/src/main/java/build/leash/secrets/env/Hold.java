package build.leash.secrets.env;

import build.leash.secrets.api.SecretRef;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * @param restoredFrom the earlier version whose value it has; null if it is a new one
 * @param expectedVersion the one to be replaced; null for whatever it is now
 */
record Hold(@TargetAggregateIdentifier EnvEntryId id, SecretRef value, @Nullable Long restoredFrom,
        @Nullable Long expectedVersion) {}
