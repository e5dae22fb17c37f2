package build.leash.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.PlainSecret;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class BearerTokenTest {

    private static final String VISIBLE = IntStream.rangeClosed(0x21, 0x7E).mapToObj(Character::toString)
            .collect(Collectors.joining());

    @ParameterizedTest
    @ValueSource(strings = {"a", "ghp_0123456789", "eyJhbGciOi.J9.x-_~+/==", "bearer", "Bearer", "bearerx",
            "Bearer%20x"})
    void acceptsVisibleAscii(String text) {
        assertThat(token(text).secret().reveal()).isEqualTo(text);
    }

    @Test
    void acceptsEveryVisibleCharacter() {
        assertThat(token(VISIBLE).secret().reveal()).isEqualTo(VISIBLE);
    }

    @Test
    void hasOneToEightThousandOneHundredAndNinetyTwoCharacters() {
        assertThat(token("t".repeat(BearerToken.MAX_LENGTH)).secret().bytes()).hasSize(BearerToken.MAX_LENGTH);
        assertRefused("t".repeat(BearerToken.MAX_LENGTH + 1)).contains("1 to 8192 visible");
        assertRefused("").contains("1 to 8192 visible");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "s3cr3t ", " s3cr3t", "s3 cr3t", "s3cr3t\n", "s3\tcr3t", "s3\r\nX-Evil: 1",
            "s3cr3t\u0000",
            "s3cr3t\u007F", "s3cr3té", "s3\u00A0cr3t", "s3cr3t🚀"})
    void refusesAllElseWithoutRepeatingIt(String text) {
        assertRefused(text).contains("visible").doesNotContain("s3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer s3cr3t", "bearer s3cr3t", "BEARER s3cr3t", "Bearer ", "Bearer  s3cr3t"})
    void refusesTheWordBearerAndSaysSo(String text) {
        assertRefused(text).isEqualTo("Give the token alone, without the word Bearer before it.");
    }

    @Test
    void neitherPrintsNorWritesItself() {
        JsonMapper json = JsonMapper.builder().build();
        assertThat(token("s3cr3t").toString()).doesNotContain("s3cr3t");
        assertThatThrownBy(() -> json.writeValueAsString(token("s3cr3t"))).hasMessageNotContaining("s3cr3t");
    }

    private static BearerToken token(String text) {
        return new BearerToken(PlainSecret.of(text));
    }

    private static AbstractStringAssert<?> assertRefused(String text) {
        return assertThat(assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> token(text)).actual()
                .whatIsAllowed());
    }
}
