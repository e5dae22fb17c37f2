package build.leash.secrets.lifecycle;

import build.leash.secrets.api.event.DestroyedVersion;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

record RecordKeyDestruction(@TargetAggregateIdentifier EncryptionKeyId id, String provider, String keyName,
        List<DestroyedVersion> versions) {}
