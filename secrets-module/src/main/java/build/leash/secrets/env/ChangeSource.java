package build.leash.secrets.env;

import build.leash.secrets.api.SourceId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** @param expectedVersion null for whatever it is now */
record ChangeSource(@TargetAggregateIdentifier SourceId sourceId, SourceTraits traits,
        @Nullable Long expectedVersion) {}
