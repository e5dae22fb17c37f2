package build.leash.secrets.lifecycle;

import build.leash.secrets.api.KeyOrigin;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record AssignFirstKey(@TargetAggregateIdentifier EncryptionKeyId id, String provider, String keyName,
        KeyOrigin origin) {}
