package build.leash.access.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor of the part that follows, null after the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /**
     * Makes the page from one row more than was asked for, which tells whether another page follows.
     *
     * @param cursor where the next page starts after, read off the last item of this one
     */
    public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, String> cursor) {
        if (oneMore.size() <= limit) {
            return new Page<>(List.copyOf(oneMore), null);
        }
        return new Page<>(List.copyOf(oneMore.subList(0, limit)), cursor.apply(oneMore.get(limit - 1)));
    }
}
