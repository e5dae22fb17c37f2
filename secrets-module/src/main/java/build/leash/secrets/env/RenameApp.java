package build.leash.secrets.env;

import build.leash.access.api.DisplayName;
import build.leash.secrets.api.AppId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record RenameApp(@TargetAggregateIdentifier AppId appId, DisplayName displayName) {}
