package build.leash.access.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key as lists show it: everything but the key.
 *
 * @param role what a management key may do; null for an app key
 * @param slugs the slugs to which an app key is limited; null if it is not
 * @param expiresAt when it stops working; null if never
 * @param app the app of an app key; null for a management key
 */
public record ApiKeyView(ApiKeyId id, ApiKeyKind kind, String name, @Nullable Role role, @Nullable List<Slug> slugs,
        Instant createdAt, String createdBy, @Nullable Instant expiresAt, @Nullable AppName app) {}
