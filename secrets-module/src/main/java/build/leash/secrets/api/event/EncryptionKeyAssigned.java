package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;

import build.leash.secrets.api.KeyOrigin;
import org.axonframework.serialization.Revision;

/** An organization's data keys are wrapped under this key from now on. */
@EventName("secrets.encryption-key-assigned")
@Revision("1")
public record EncryptionKeyAssigned(OrganizationId organizationId, String provider, String keyName, KeyOrigin origin)
        implements
            SecretsEvent {}
