package build.leash.secrets.api.event;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.event.EventName;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * All data keys of an organization are wrapped under this key: nothing uses an earlier one any more.
 *
 * @param version the version that wraps all of them; null if it was not asked for
 * @param dataKeys how many were wrapped anew
 */
@EventName("secrets.secrets-rewrapped")
@Revision("1")
public record SecretsRewrapped(OrganizationId organizationId, String provider, String keyName,
        @Nullable String version, long dataKeys) implements SecretsEvent {}
