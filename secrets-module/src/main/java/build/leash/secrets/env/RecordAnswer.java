package build.leash.secrets.env;

import build.leash.secrets.api.SourceId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** @param demanded whether somebody asked for it, so that it is worth an event even if nothing changed */
record RecordAnswer(@TargetAggregateIdentifier SourceId sourceId, boolean demanded, int held, int changed,
        int removed) {}
