package build.leash.secrets.env;

import build.leash.secrets.api.AppId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record RemoveApp(@TargetAggregateIdentifier AppId appId) {}
