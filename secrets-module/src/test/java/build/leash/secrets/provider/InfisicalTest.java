package build.leash.secrets.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.outbound.Outbound;
import build.leash.secrets.outbound.OutboundUrl;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfisicalTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://infisical.example/?a=b", "https://infisical.example?", "http://infisical.example"})
    void refusesAUrlBehindWhichNoPathCanBePut(String url) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> check(url));
    }

    /** What passes the check can be asked: the longest of everything fits into one URL. */
    @Test
    void asksWhateverUrlItTakes() {
        String longest = "https://infisical.example/" + "a".repeat(512 - "https://infisical.example/".length());
        assertThatCode(() -> check(longest)).doesNotThrowAnyException();
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> check(longest + "a"));
        Map<String, String> settings = Map.of("projectId", "p".repeat(128), "environment", "e".repeat(128),
                "secretPath", "/".repeat(256));
        assertThat(OutboundUrl.of(longest).with(Infisical.path(settings)).toString())
                .hasSizeLessThanOrEqualTo(OutboundUrl.MAX_LENGTH);
    }

    private static void check(String url) {
        @Nullable
        Outbound nobody = null;
        new Infisical(nobody).check(Map.of("url", url, "projectId", "shop", "environment", "prod", "clientId", "id"));
    }
}
