package build.leash.access.api;

/** An API key that was issued here, in force or not. Opens nothing: it says whose attempt was turned down. */
public record KnownKey(ApiKeyId id, OrganizationId organization) {}
