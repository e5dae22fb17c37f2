package build.leash.access.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PlainPasswordTest {

    private static final String TEXT = "correct horse battery";

    @ParameterizedTest
    @ValueSource(ints = {PlainPassword.MIN_LENGTH, 40, PlainPassword.MAX_LENGTH})
    void acceptsTwelveToTwoHundredFiftySixCharacters(int length) {
        assertThat(new PlainPassword("p".repeat(length)).reveal()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PlainPassword.MIN_LENGTH - 1, PlainPassword.MAX_LENGTH + 1, 100_000})
    void refusesAnotherLengthWithoutRepeatingIt(int length) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> new PlainPassword("p".repeat(length)))
                .withMessage("A password has 12 to 256 characters.");
    }

    @Test
    void generatesAnotherOneEachTime() {
        assertThat(PlainPassword.generate().reveal()).matches("[A-Za-z0-9_-]{24}")
                .isNotEqualTo(PlainPassword.generate().reveal());
    }

    @Test
    void doesNotPrintItself() {
        assertThat(new PlainPassword(TEXT).toString()).doesNotContain("horse");
    }

    @Test
    void refusesJackson() {
        JsonMapper json = JsonMapper.builder().build();
        PlainPassword password = new PlainPassword(TEXT);
        assertThatThrownBy(() -> json.writeValueAsString(password)).hasMessageContaining("never serialized")
                .hasMessageNotContaining("horse");
        assertThatThrownBy(() -> json.writeValueAsString(Map.of("p", password))).hasMessageNotContaining("horse");
    }

    @Test
    void refusesJavaSerialization() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatExceptionOfType(NotSerializableException.class)
                    .isThrownBy(() -> out.writeObject(new PlainPassword(TEXT)));
        }
    }
}
