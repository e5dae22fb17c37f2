package build.leash.secrets.api.event;

import build.leash.access.api.event.RecordedEvent;

/** What happened to an organization's keys. No event carries a key, wrapped or not. */
public sealed interface SecretsEvent extends RecordedEvent
        permits EncryptionKeyAssigned, EncryptionKeyRotated, DataKeyRotated, SecretsRewrapped, SecretsReencrypted,
        OrganizationShredded, KeyDestructionScheduled {}
