package build.leash.access.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

    private static final String EMOJI = "\uD83D\uDE80";

    @ParameterizedTest
    @ValueSource(strings = {"a", "Intercom", "Müller & Söhne", "日本語", "עברית", EMOJI, "a\u200Db", "<b>", "'; --",
            "x\u00A0y", "%s ${x}"})
    void acceptsWhatPeopleWrite(String text) {
        assertThat(DisplayName.of(text)).hasToString(text);
    }

    @Test
    void cutsSurroundingWhiteSpaceOff() {
        assertThat(DisplayName.of(" \t\r\nAcme \u3000")).isEqualTo(DisplayName.of("Acme"));
    }

    @Test
    void countsCharactersAsPeopleDo() {
        assertThat(DisplayName.of(EMOJI.repeat(DisplayName.MAX_LENGTH))).isNotNull();
        assertRefused(EMOJI.repeat(DisplayName.MAX_LENGTH + 1));
        assertRefused("x".repeat(DisplayName.MAX_LENGTH + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u00A0", "\u200B", "\u200D\u2060", "\u00A0\uFEFF \u00A0"})
    void refusesWhatNobodySees(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000b", "a\u001Bb", "a\u007Fb", "a\u0085b", "a\u2028b", "a\u2029b"})
    void refusesControlCharactersAndLineBreaks(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u202Eb", "\u202Aab", "a\u2066b", "a\u2069b"})
    void refusesDirectionOverrides(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\uD83D', '\uDE80'})
    void refusesLoneSurrogates(char surrogate) {
        assertRefused("a" + surrogate + "b");
    }

    @Test
    void isReadBackAsItIsKept() {
        DisplayName name = DisplayName.of("  \u00A0Acme ");
        assertThat(DisplayName.of(name.value())).isEqualTo(name);
    }

    private static void assertRefused(String text) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> DisplayName.of(text))
                .withMessage("A name has 1 to 100 characters, not only blanks, and no control or direction-changing"
                        + " characters.");
    }
}
