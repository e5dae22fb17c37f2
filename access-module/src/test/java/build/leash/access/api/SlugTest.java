package build.leash.access.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SlugTest {

    private static final String LONGEST = "a".repeat(63);

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "ab", "intercom", "intercom-eu", "a--b", "0-9", "1password", "xn--bcher-kva"})
    void acceptsLowerCaseLettersDigitsAndInnerHyphens(String text) {
        assertThat(Slug.isValid(text)).isTrue();
        assertThat(Slug.of(text)).hasToString(text);
    }

    @Test
    void acceptsSixtyThreeCharactersAndNoMore() {
        assertThat(Slug.of(LONGEST)).hasToString(LONGEST);
        assertRefused(LONGEST + "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "-a", "a-", "A", "interCom", "a_b", "a.b", "a b", " a", "a ", "a/b", "a\n",
            "a\u0000", "é", "а", "ａ", "１", "../a", "%61", "a\u200Bb"})
    void refusesAllElse(String text) {
        assertRefused(text);
    }

    @Test
    void ordersByItsText() {
        assertThat(Slug.of("a")).isLessThan(Slug.of("b"));
        assertThat(Slug.of("a-b")).isLessThan(Slug.of("a0"));
    }

    @Test
    void isAStringInJson() {
        JsonMapper json = JsonMapper.builder().build();
        assertThat(json.writeValueAsString(Slug.of("linear"))).isEqualTo("\"linear\"");
        assertThat(json.readValue("\"linear\"", Slug.class)).isEqualTo(Slug.of("linear"));
    }

    private static void assertRefused(String text) {
        assertThat(Slug.isValid(text)).isFalse();
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Slug.of(text))
                .withMessage("A slug has 1 to 63 lower-case letters, digits and hyphens,"
                        + " and neither starts nor ends with a hyphen.");
    }
}
