package build.leash.app.web.organization;

import build.leash.access.api.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** @param next the {@code after} of the page that follows, null after the last */
record PageJson<T>(List<T> items, @Nullable String next) {

    static <S, T> PageJson<T> of(Page<S> page, Function<S, T> json) {
        return new PageJson<>(page.items().stream().map(json).toList(), page.next());
    }
}
