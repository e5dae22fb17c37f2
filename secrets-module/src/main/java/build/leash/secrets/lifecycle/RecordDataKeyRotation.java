package build.leash.secrets.lifecycle;

import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record RecordDataKeyRotation(@TargetAggregateIdentifier EncryptionKeyId id, UUID dataKeyId, UUID replaced) {}
