package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;

import org.axonframework.serialization.Revision;

/** An organization's key was given a new primary version on an owner's demand. */
@EventName("secrets.encryption-key-rotated")
@Revision("1")
public record EncryptionKeyRotated(OrganizationId organizationId, String provider, String keyName, String version)
        implements
            SecretsEvent {}
