package build.leash.secrets.lifecycle;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

record RecordRewrapping(@TargetAggregateIdentifier EncryptionKeyId id, String provider, String keyName,
        @Nullable String version, long dataKeys) {}
