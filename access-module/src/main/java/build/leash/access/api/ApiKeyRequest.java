package build.leash.access.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an owner asks for when issuing a key.
 *
 * @param role what a management key may do; required for one, and null for an app key
 * @param slugs 1 to {@value #MAX_SLUGS} slugs to which an app key is limited, or null for all
 * @param expiresAt when it stops working, in a year of four digits as RFC 3339 writes it, or null for never
 * @param app the app that will present an app key, or null for {@link AppName#DEFAULT}
 */
public record ApiKeyRequest(ApiKeyKind kind, DisplayName name, @Nullable Role role, @Nullable List<Slug> slugs,
        @Nullable Instant expiresAt, @Nullable AppName app) {

    public static final int MAX_SLUGS = 100;

    private static final Instant AFTER_ALL = Instant.parse("+10000-01-01T00:00:00Z");

    public ApiKeyRequest {
        if (kind == ApiKeyKind.APP && role != null) {
            throw new InvalidValue("Only a management key has a role.");
        }
        if (kind == ApiKeyKind.MANAGEMENT && (role == null || slugs != null)) {
            throw new InvalidValue("A management key has a role and is not limited to slugs.");
        }
        if (kind == ApiKeyKind.MANAGEMENT && app != null) {
            throw new InvalidValue("Only an app key belongs to an app.");
        }
        if (slugs != null && (slugs.isEmpty() || slugs.size() > MAX_SLUGS)) {
            throw new InvalidValue("A limited key names 1 to " + MAX_SLUGS + " slugs.");
        }
        if (expiresAt != null && !expiresAt.isBefore(AFTER_ALL)) {
            throw new InvalidValue("An expiry is before the year 10000; leave it out for a key that does not expire.");
        }
        slugs = slugs == null ? null : slugs.stream().distinct().sorted().toList();
    }

    /** Asks for a key that names no app. */
    public ApiKeyRequest(ApiKeyKind kind, DisplayName name, @Nullable Role role, @Nullable List<Slug> slugs,
            @Nullable Instant expiresAt) {
        this(kind, name, role, slugs, expiresAt, null);
    }
}
