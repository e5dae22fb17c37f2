package build.leash.secrets.lifecycle;

import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record RecordReencryption(@TargetAggregateIdentifier EncryptionKeyId id, UUID dataKeyId, long secrets,
        long notOpened) {}
