package build.leash.secrets.env;

import build.leash.secrets.api.AppId;
import build.leash.secrets.api.EnvKey;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** @param keys sorted, each once */
record SyncManifest(@TargetAggregateIdentifier AppId appId, List<EnvKey> keys) {}
