package build.leash.secrets.lifecycle;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

record RecordKeyRotation(@TargetAggregateIdentifier EncryptionKeyId id, String provider, String keyName,
        String version) {}
