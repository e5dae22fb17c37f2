package build.leash.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.InvalidValue;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"X-Tenant", "x-tenant", "X", "7", "!#$%&'*+-.^_`|~09azAZ", "User-Agent", "X-Host",
            "X-Cookie",
            "X-Content-Type", "Acceptable", "Mcp", "Contents", "X-Mcp-Region", "Secure", "Traceparent"})
    void keepsATokenAsGiven(String text) {
        assertThat(HeaderName.of(text)).hasToString(text);
        assertThat(HeaderName.of(text).key()).isEqualTo(text.toLowerCase(Locale.ROOT));
    }

    @Test
    void hasAtMostAHundredCharacters() {
        assertThat(HeaderName.of("x".repeat(HeaderName.MAX_LENGTH))).isNotNull();
        assertRefused("x".repeat(HeaderName.MAX_LENGTH + 1), "token of 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X Tenant", " X", "X ", "X:", ":path", "X\n", "X\r\nEvil", "X\u0000", "X\t", "Ü",
            "X(",
            "X)", "X/Y", "X=Y", "X@Y", "X[Y]", "X{Y}", "X,Y", "X;Y", "\"X\"", "X\\Y", "X?", "<X>", "\u212Aey",
            "X\u200B"})
    void refusesWhatIsNoToken(String text) {
        assertRefused(text, "A header name is a token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "authorization", "AUTHORIZATION"})
    void refusesAuthorizationAndSaysWhatToUse(String text) {
        assertRefused(text, "Use auth of type bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "HOST", "Cookie", "cookie2", "Set-Cookie", "Content-Type", "content-length",
            "Content-", "Content-Security-Policy", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate",
            "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "Mcp-Session-Id",
            "MCP-Protocol-Version", "mcp-x", "Accept", "accept", "Accept-Encoding", "Sec-Fetch-Mode", "Last-Event-ID",
            "Origin"})
    void refusesWhatBelongsToTheConnectionTheMessageOrTheProtocol(String text) {
        assertRefused(text, "belongs to the client, the connection or the protocol");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Api-Key", "x-api-key", "XApiKey", "Api_Key", "X-Auth", "X-Auth-Token", "X-GitHub-Token",
            "Token", "X-Secret", "Private-Token", "X-Functions-Key", "X-Amz-Signature", "Password", "DD-API-KEY",
            "apikey"})
    void tellsACredential(String text) {
        assertThat(HeaderName.of(text).looksLikeCredential()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Tenant", "X-Monkey", "X-Author", "Traceparent", "X-Keyboard", "User-Agent",
            "X-Max-Tokens"})
    void tellsAHarmlessName(String text) {
        assertThat(HeaderName.of(text).looksLikeCredential()).isFalse();
    }

    private static void assertRefused(String text, String why) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> HeaderName.of(text)).withMessageContaining(why);
    }
}
