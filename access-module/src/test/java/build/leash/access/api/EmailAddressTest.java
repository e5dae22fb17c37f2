package build.leash.access.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    private static final int MAX_LENGTH = 254;

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "owner@localhost", "first.last+tag@example.co.uk", "jürgen@müller.example",
            "x@[127.0.0.1]"})
    void acceptsNameAtHost(String text) {
        assertThat(new EmailAddress(text)).hasToString(text);
    }

    @Test
    void isTheSameInWhateverCase() {
        assertThat(new EmailAddress("Owner@Example.COM")).isEqualTo(new EmailAddress("owner@example.com"));
    }

    @Test
    void acceptsTheLongestAndNoMore() {
        String longest = "a".repeat(MAX_LENGTH - 2) + "@b";
        assertThat(new EmailAddress(longest)).hasToString(longest);
        assertRefused("a" + longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "a@", "@b", "ab", "a@b@c", "a b@c", " a@b", "a@b ", "a@b\n", "a\u0000@b", "a\t@b",
            "a\u00A0@b", "a@b\u2028", "a\u200B@b", "a\u202E@b", "a\u3000@b"})
    void refusesAllElse(String text) {
        assertRefused(text);
    }

    private static void assertRefused(String text) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> new EmailAddress(text))
                .withMessage("An e-mail address has the form name@host and at most 254 characters.");
    }
}
