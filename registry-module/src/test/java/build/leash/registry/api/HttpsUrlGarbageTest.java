package build.leash.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.InvalidValue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes is a URL that reads back as itself, or an {@link InvalidValue}: never another exception. */
class HttpsUrlGarbageTest {

    private static final int ATTEMPTS = 10_000;
    private static final String[] PIECES = {"https://", "h", "ü", "ß", ".", "..", ":", ":443", "/", "?", "#", "@", "%",
            "%4",
            "%41", "%FF", "[", "]", "::1", "&", ";", "=", "+", "\\", " ", "\t", "\u0000", "\u3002", "\uFF20", "\u202E",
            "א",
            "1", "xn--", "xn--bcher-kva", "xn--\u00FC", "\uD83D", "\uDE80", "日", "-", "_", "token", "a", "\u00AD",
            "\u0660"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void isAUrlOrRefused(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int accepted = 0;
        for (int i = 0; i < ATTEMPTS; i++) {
            String text = garbage(random);
            try {
                HttpsUrl url = HttpsUrl.of(text);
                assertThat(HttpsUrl.of(url.value())).as(text).isEqualTo(url);
                accepted++;
            } catch (InvalidValue refused) {
                assertThat(refused.whatIsAllowed()).as(text).isNotBlank();
            }
        }
        assertThat(accepted).isBetween(ATTEMPTS / 100, ATTEMPTS);
    }

    private static String garbage(RandomGenerator random) {
        StringBuilder text = new StringBuilder(random.nextInt(20) == 0 ? "" : "https://");
        for (int pieces = random.nextInt(6); pieces >= 0; pieces--) {
            text.append(random.nextInt(10) == 0
                    ? Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1))
                    : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
