package build.leash.secrets.env;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** @param expectedVersion null for whatever it is now */
record LetGo(@TargetAggregateIdentifier EnvEntryId id, @Nullable Long expectedVersion) {}
