package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/** New secrets are sealed with another data key from now on. */
@EventName("secrets.data-key-rotated")
@Revision("1")
public record DataKeyRotated(OrganizationId organizationId, UUID dataKeyId, UUID replaced) implements SecretsEvent {}
