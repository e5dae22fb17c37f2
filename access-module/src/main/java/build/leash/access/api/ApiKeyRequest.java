package build.leash.access.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        if (kind == ApiKeyKind.MANAGEMENT && role == null) {
            throw new InvalidValue("A management key has a role.");
        }
        conflicts(kind, role, slugs, app).values().stream().findFirst().ifPresent(whatIsAllowed -> {
            throw new InvalidValue(whatIsAllowed);
        });
        slugs = slugs == null ? null : slugs.stream().distinct().sorted().toList();
        expiresAt = expiresAt == null ? null : expiry(expiresAt);
    }

    /** What is wrong between these members, or with the number of slugs: what is allowed, by the member's name. */
    public static Map<String, String> conflicts(ApiKeyKind kind, @Nullable Role role, @Nullable List<Slug> slugs,
            @Nullable AppName app) {
        Map<String, String> conflicts = new LinkedHashMap<>();
        if (kind == ApiKeyKind.APP && role != null) {
            conflicts.put("role", "Only a management key has a role.");
        }
        if (slugs != null && (slugs.isEmpty() || slugs.size() > MAX_SLUGS)) {
            conflicts.put("slugs", "A limited key names 1 to " + MAX_SLUGS + " slugs.");
        }
        if (kind == ApiKeyKind.MANAGEMENT && slugs != null) {
            conflicts.put("slugs", "Only an app key can be limited to slugs.");
        }
        if (kind == ApiKeyKind.MANAGEMENT && app != null) {
            conflicts.put("app", "Only an app key belongs to an app.");
        }
        return conflicts;
    }

    /**
     * A moment at which a key can expire, to the microsecond, as the database keeps it.
     *
     * @throws InvalidValue if it is in a year that RFC 3339 cannot write
     */
    public static Instant expiry(Instant moment) {
        if (!moment.isBefore(AFTER_ALL)) {
            throw new InvalidValue("An expiry is before the year 10000; leave it out for a key that does not expire.");
        }
        return moment.truncatedTo(ChronoUnit.MICROS);
    }

    /** Asks for a key that names no app. */
    public ApiKeyRequest(ApiKeyKind kind, DisplayName name, @Nullable Role role, @Nullable List<Slug> slugs,
            @Nullable Instant expiresAt) {
        this(kind, name, role, slugs, expiresAt, null);
    }
}
