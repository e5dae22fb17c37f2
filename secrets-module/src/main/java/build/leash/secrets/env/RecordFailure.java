package build.leash.secrets.env;

import build.leash.secrets.api.SourceId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** @param reason one word */
record RecordFailure(@TargetAggregateIdentifier SourceId sourceId, String reason) {}
