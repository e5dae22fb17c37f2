package build.leash.secrets.lifecycle;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

record ShredOrganization(@TargetAggregateIdentifier EncryptionKeyId id, long dataKeys, long secrets) {}
