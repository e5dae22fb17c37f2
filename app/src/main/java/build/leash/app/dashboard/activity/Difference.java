package build.leash.app.dashboard.activity;

import org.jspecify.annotations.Nullable;

/**
 * A field before and after a change. Of a secret it says that it is one, and nothing else.
 *
 * @param before null if there was none
 * @param after null if there is none any more
 */
public record Difference(String field, @Nullable String before, @Nullable String after) {}
