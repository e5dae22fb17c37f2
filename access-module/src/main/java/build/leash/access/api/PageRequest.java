package build.leash.access.api;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param after the {@link Page#next} of the part before, null for the first
 * @param limit 1 to {@value #MAX_LIMIT}
 */
public record PageRequest(@Nullable String after, int limit) {

    public static final int MAX_LIMIT = 200;
    public static final int DEFAULT_LIMIT = 50;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidValue("A page has 1 to " + MAX_LIMIT + " items.");
        }
    }
}
