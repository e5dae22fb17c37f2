package build.leash.access.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @Test
    void theLastPageHasNoCursor() {
        assertThat(page(List.of(), 2)).isEqualTo(new Page<>(List.of(), null));
        assertThat(page(List.of("a"), 2)).isEqualTo(new Page<>(List.of("a"), null));
        assertThat(page(List.of("a", "b"), 2)).isEqualTo(new Page<>(List.of("a", "b"), null));
    }

    @Test
    void aPageThatIsFollowedNamesItsOwnLastItem() {
        assertThat(page(List.of("a", "b", "c"), 2)).isEqualTo(new Page<>(List.of("a", "b"), "after b"));
        assertThat(page(List.of("a", "b"), 1)).isEqualTo(new Page<>(List.of("a"), "after a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, PageRequest.DEFAULT_LIMIT, PageRequest.MAX_LIMIT})
    void acceptsALimitOfOneToTwoHundred(int limit) {
        assertThat(new PageRequest(null, limit).limit()).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, PageRequest.MAX_LIMIT + 1, Integer.MAX_VALUE})
    void refusesAnotherLimit(int limit) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> new PageRequest("x", limit))
                .withMessage("A page has 1 to 200 items.");
    }

    private static Page<String> page(List<String> oneMore, int limit) {
        return Page.of(oneMore, limit, item -> "after " + item);
    }
}
