package build.leash.secrets.env;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

record LetGo(@TargetAggregateIdentifier EnvEntryId id) {}
