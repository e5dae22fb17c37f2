package build.leash.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.api.PlainSecret;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedHeadersTest {

    private static final HeaderName TENANT = HeaderName.of("X-Tenant");
    private static final HeaderName KEY = HeaderName.of("X-Api-Key");
    private static final int LONGEST = 4096;
    private static final String VALUE_RULE = "A header value has 1 to 4096 visible ASCII characters;"
            + " blanks and tabs only between them.";

    @ParameterizedTest
    @ValueSource(strings = {"a", "acme", "a b", "a\tb", "a  \t b", "text/html; q=0.5", "\"quoted\"", "!~"})
    void aValueIsVisibleAsciiWithBlanksBetween(String value) {
        assertThat(new RequestedHeader.Plain(TENANT, value).value()).isEqualTo(value);
        assertThat(new RequestedHeader.Secret(KEY, PlainSecret.of(value)).value().reveal()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", " s3cr3t", "s3cr3t ", "s3cr3t\t", "s3\ncr3t", "s3\r\nX-Evil: 1",
            "s3\u0000cr3t",
            "s3\u007Fcr3t", "s3cr3té", "s3\u00A0cr3t", "s3\u2028", "🚀"})
    void refusesAnotherValueWithoutRepeatingIt(String value) {
        assertRefused(() -> new RequestedHeader.Plain(TENANT, value), VALUE_RULE);
        assertRefused(() -> new RequestedHeader.Secret(KEY, PlainSecret.of(value)), VALUE_RULE);
    }

    @Test
    void aValueHasAtMostFourThousandAndNinetySixCharacters() {
        assertThat(new RequestedHeader.Plain(TENANT, "v".repeat(LONGEST)).value()).hasSize(LONGEST);
        assertRefused(() -> new RequestedHeader.Plain(TENANT, "v".repeat(LONGEST + 1)), VALUE_RULE);
        assertRefused(() -> new RequestedHeader.Plain(TENANT, "v ".repeat(1_000_000)), VALUE_RULE);
    }

    @Test
    void aCredentialIsTakenAsASecretOnly() {
        assertRefused(() -> new RequestedHeader.Plain(KEY, "s3cr3t"), "This header looks like a credential."
                + " Give it as {\"value\": …, \"secret\": true}, so that it is sealed.");
        assertThat(new RequestedHeader.Secret(KEY, PlainSecret.of("s3cr3t")).toString()).doesNotContain("s3cr3t");
    }

    @Test
    void anythingMayBeASecret() {
        assertThat(new RequestedHeader.Secret(TENANT, PlainSecret.of("acme")).name()).isEqualTo(TENANT);
    }

    @Test
    void aServerHasAtMostTwentyHeaders() {
        assertThat(headers(RequestedHeaders.MAX_HEADERS).list()).hasSize(RequestedHeaders.MAX_HEADERS);
        assertRefused(() -> headers(RequestedHeaders.MAX_HEADERS + 1), "A server has at most 20 static headers.");
    }

    @Test
    void eachNameComesOnceInWhateverCaseAndKind() {
        String message = "Two headers have the same name; upper and lower case make no difference.";
        RequestedHeader plain = new RequestedHeader.Plain(TENANT, "acme");
        assertRefused(() -> new RequestedHeaders(List.of(plain, plain)), message);
        assertRefused(() -> new RequestedHeaders(
                List.of(plain, new RequestedHeader.Plain(HeaderName.of("x-TENANT"), "other"))), message);
        assertRefused(() -> new RequestedHeaders(List.of(plain, new RequestedHeader.KeptSecret(TENANT))), message);
    }

    private static RequestedHeaders headers(int count) {
        return new RequestedHeaders(IntStream.range(0, count)
                .<RequestedHeader>mapToObj(i -> new RequestedHeader.Plain(HeaderName.of("X-" + i), "v")).toList());
    }

    private static void assertRefused(ThrowingCallable construction, String message) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(construction).withMessage(message);
    }
}
