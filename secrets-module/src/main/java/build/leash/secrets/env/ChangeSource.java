package build.leash.secrets.env;

import build.leash.secrets.api.SourceId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record ChangeSource(@TargetAggregateIdentifier SourceId sourceId, SourceTraits traits) {}
