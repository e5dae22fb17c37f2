package build.leash.access.api.event;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An API key was issued.
 *
 * @param sha256 the hash by which the key is recognized, 64 hexadecimal digits; a key of 256 random bits cannot be
 *        found from it
 * @param app the app of an app key; null for {@link AppName#DEFAULT}, which every key before revision 2 was of
 */
@EventName("access.api-key-issued")
@Revision("2")
public record ApiKeyIssued(OrganizationId organizationId, ApiKeyId keyId, ApiKeyKind kind, DisplayName name,
        @Nullable Role role, @Nullable List<Slug> slugs, @Nullable Instant expiresAt, String sha256,
        @Nullable AppName app)
        implements
            AccessEvent {}
