package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * What older data keys had sealed was sealed anew.
 *
 * @param dataKeyId nothing is sealed with a data key that is older than this one, but for what did not open
 * @param secrets how many were sealed anew
 * @param notOpened how many did not open and were left as they are
 */
@EventName("secrets.secrets-reencrypted")
@Revision("1")
public record SecretsReencrypted(OrganizationId organizationId, UUID dataKeyId, long secrets, long notOpened)
        implements
            SecretsEvent {}
