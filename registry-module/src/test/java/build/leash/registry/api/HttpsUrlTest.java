package build.leash.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.InvalidValue;
import java.net.URI;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class HttpsUrlTest {

    private static final String PREFIX = "https://mcp.example.com/";

    @ParameterizedTest
    @ValueSource(strings = {"https://mcp.intercom.com/sse", "https://h", "https://h/", "https://h?a=1", "https://h?",
            "https://h/?", "https://localhost/mcp", "https://h:1/", "https://h:443", "https://h:65535/mcp",
            "https://h:0443/", "https://h:/mcp", "https://10.0.0.7:8443/mcp", "https://[::1]/mcp",
            "https://[2001:db8::7]:8443/mcp", "https://[::ffff:10.0.0.7]/", "HTTPS://MCP.Example.COM/SSE",
            "hTTps://h/", "https://example.com./", "https://xn--bcher-kva.example/", "https://a.b.c.d.e.example/",
            "https://h//a//b/../c/./d", "https://h/a;v=1/b,c", "https://h/%C3%BC/%20/%2F%3f", "https://h/~u/$x(y)!*'",
            "https://h/a:b", "https://h/path@home", "https://h/?mail=a@b.example", "https://h/?a=b&c=d&a=e",
            "https://h/?q=%20%26%23", "https://h/?a=b=c", "https://h/?=", "https://h/?&&;;", "https://h/?a/b?c",
            "https://h/?next=https://other.example/"})
    void keepsAValidUrlExactlyAsGiven(String text) {
        assertThat(HttpsUrl.of(text)).hasToString(text);
        assertThat(URI.create(text).isAbsolute()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "h", "/mcp", "//h/mcp", "https", "https:", "https:/", "https://", "https:///",
            "https:///mcp", "https://?a=1", "https:h", "https:/h/mcp", "http://h/", "HTTP://h/", "ws://h/", "wss://h/",
            "ftp://h/", "file:///etc/passwd", "javascript:alert(1)", "httpss://h/", "xhttps://h/", " https://h/",
            "\thttps://h/", "https://:443/", "https://.", "https://..", "https://-h/", "https://h-/", "https://a..b/",
            "https://a_b/", "https://h_/", "https://1.2.3/", "https://256.1.1.1/", "https://1.2.3.4.5/", "https://*/",
            "https://[::1/", "https://::1/", "https://[]/", "https://[::g]/", "https://[1.2.3.4]/", "https://h%2f/",
            "https://%68/", "https://h\\other.example/", "https://h|/", "https://{h}/", "https://<h>/",
            "https://\"h\"/"})
    void refusesWhatIsNotAnAbsoluteHttpsUrlWithAHost(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user@h/", "https://user:pass@h/", "https://:@h/", "https://@h/",
            "https://h@other.example/", "https://good.example%40@evil.example/", "https://h:443@other.example/",
            "https://a@b@h/", "https://good.example\\@evil.example/"})
    void refusesUserinfo(String text) {
        assertRefused(text).contains("user name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h/#", "https://h/#top", "https://h#", "https://h/?a=1#b", "https://h/a#b#c"})
    void refusesAFragment(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h:0/", "https://h:65536/", "https://h:99999999999999999999/", "https://h:-1/",
            "https://h:+1/", "https://h:a/", "https://h:8 0/", "https://h:80:80/", "https://h:4４3/", "https://ü:４４３/",
            "https://ü:x/", "https://[::1]:0/", "https://[::1]:x/", "https://[::1]443/"})
    void refusesAPortThatIsNone(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\n", "\r", "\u0000", "\u001F", "\u007F", "\u0085", "\u00A0", "\u2028", "\u3000",
            "\uFEFF", "\u200B", "\u202E", "é", "日", "🚀", "\\", "^", "`", "{", "}", "|", "<", ">", "\""})
    void refusesWhiteSpaceControlAndOtherCharactersThatAUrlHasOnlyEncoded(String character) {
        assertRefused("https://h/a" + character + "b");
        assertRefused("https://h/?a" + character + "b=1");
        assertRefused("https://h/?a=" + character);
        assertRefused("https://h/" + character);
        assertRefused(character + "https://h/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h/%", "https://h/%4", "https://h/%zz", "https://h/?%=1", "https://h/?a%=1",
            "https://h/?a%2=1", "https://h/?%zz=1", "https://h/?a=%", "https://h/?a=%2", "https://h/?a=%u0041",
            "https://h/?%-1=1", "https://h/?%+1=1"})
    void refusesABrokenPercentSequence(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "%C3", "%ED%A0%80", "%00", "%0A", "%EF%BF%BF", "%F8%88%80%80%80"})
    void takesAnyWellFormedPercentSequenceInAQueryName(String name) {
        String text = PREFIX + "?" + name + "=1";
        assertThat(HttpsUrl.of(text)).hasToString(text);
    }

    @Test
    void hasAtMostTwoThousandAndFortyEightCharacters() {
        String longest = PREFIX + "a".repeat(HttpsUrl.MAX_LENGTH - PREFIX.length());
        assertThat(HttpsUrl.of(longest)).hasToString(longest);
        assertRefused(longest + "a").isEqualTo("A URL has at most 2048 characters.");
        assertRefused(PREFIX + "a".repeat(10_000_000)).isEqualTo("A URL has at most 2048 characters.");
    }

    @Test
    void hasAtMostSoManyCharactersWithALabelsToo() {
        String host = "https://bücher.example/";
        int longer = "https://xn--bcher-kva.example/".length() - host.length();
        String longest = host + "a".repeat(HttpsUrl.MAX_LENGTH - host.length() - longer);
        assertThat(HttpsUrl.of(longest).value()).hasSize(HttpsUrl.MAX_LENGTH);
        assertRefused(longest + "a").isEqualTo("A URL has at most 2048 characters.");
    }

    @ParameterizedTest
    @CsvSource({"https://bücher.example/a,https://xn--bcher-kva.example/a",
            "https://BÜCHER.example:8443/A?b=C,https://xn--bcher-kva.example:8443/A?b=C",
            "https://WWW.bücher.Example,https://WWW.xn--bcher-kva.Example",
            "https://日本語.jp/,https://xn--wgv71a119e.jp/",
            "https://bu\u0308cher.example/,https://xn--bcher-kva.example/", "https://ü/,https://xn--tda/",
            "https://bücher.xn--p1ai/,https://xn--bcher-kva.xn--p1ai/",
            "https://почта.рф/,https://xn--80a1acny.xn--p1ai/"})
    void storesAnInternationalHostAsALabels(String text, String stored) {
        assertThat(HttpsUrl.of(text)).hasToString(stored);
        assertThat(HttpsUrl.of(stored)).isEqualTo(HttpsUrl.of(text));
    }

    /** Old rules of IDN read these as another host than new ones do, so they might send the bearer to a stranger. */
    @ParameterizedTest
    @ValueSource(strings = {"https://straße.example/", "https://βόλος.example/", "https://a\u200Db.example/",
            "https://نامه\u200Cای.example/", "https://ｅｘａｍｐｌｅ.com/", "https://good\u3002example/", "https://①.example/",
            "https://ﬁ.example/", "https://\u04C0.example/", "https://a\u00ADb.example/",
            "https://evil.com\u2100x.example/",
            "https://evil\uFF20h/", "https://evil\uFF0Fh/", "https://evil\uFF03h/", "https://evil\uFF1A80/"})
    void refusesAHostThatNotEveryClientReadsAlike(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ü_b/", "https://-ü/", "https://ü-/", "https://ü b/", "https://ü..b/",
            "https://.ü/",
            "https://ü%2e/", "https://[ü]/", "https://\u0000ü/", "https://\uD83D/", "https://ü\uDE80/",
            "https://\u202Eü/"})
    void refusesAHostThatIsNoInternationalName(String text) {
        assertRefused(text);
    }

    @Test
    void refusesALabelThatIsTooLongAsALabel() {
        assertRefused("https://" + "ü".repeat(64) + ".example/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "TOKEN", "Token", "api_key", "apikey", "apiKey", "ApiKey", "APIKEY", "api-key",
            "api.key", "x-api-key", "access_token", "accessToken", "access-token", "key", "KEY", "Key", "secret",
            "client_secret", "clientSecret", "clientsecret", "password", "passwd", "passphrase", "pwd", "auth",
            "authorization", "bearer", "credential", "credentials", "signature", "sig", "jwt", "pat", "refresh_token",
            "id_token", "botToken", "APIToken", "X-Amz-Signature", "X-Amz-Credential", "auth[token]", "auth%5Btoken%5D",
            "filter[api_key]", "api_key2", "key1", "$token", "%24token", "user/token", "a:token", "(token)", "token[]",
            "t%6Fken", "%74%6f%6b%65%6e", "%74oken", "api%5Fkey", "api%20key", "api+key", "to%4BEN", "%E2%84%AAey",
            "tOkEn", "apitoken", "authkey", "privateKey", "a%26token", "a%3Dtoken", "%20token", "token%00", "to%4ben"})
    void refusesAQueryParameterThatLooksLikeACredential(String name) {
        for (String query : new String[]{name + "=s3cr3t", name, name + "=", "a=1&" + name + "=s3cr3t", "a=1;" + name,
                "a&b&" + name + "=1&c"}) {
            assertRefused(PREFIX + "?" + query).contains("no credential").contains("bearer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"monkey", "keyboard", "turkey", "hockey", "tokenize", "tokens", "max_tokens", "author",
            "authority", "oauth", "path", "pattern", "secretary", "signal", "design", "bearing", "donkeys", "passage",
            "workspace", "tenant", "v", "q", "transport", "mode", "compat", "spat", "keynote", "%6Donkey",
            "a.b", "x-y", "%F0%9F%9A%80", "client_id", "region"})
    void acceptsAHarmlessQueryParameter(String name) {
        String text = PREFIX + "?" + name + "=1&b=token";
        assertThat(HttpsUrl.of(text)).hasToString(text);
    }

    @Test
    void isAStringInJsonAndReadBackEqual() {
        JsonMapper json = JsonMapper.builder().build();
        HttpsUrl url = HttpsUrl.of("https://bücher.example/sse?a=%C3%BC");
        assertThat(json.readValue(json.writeValueAsString(url), HttpsUrl.class)).isEqualTo(url);
    }

    private static AbstractStringAssert<?> assertRefused(String text) {
        InvalidValue refusal = assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> HttpsUrl.of(text))
                .actual();
        if (text.length() > "https://".length() + 2) {
            assertThat(refusal.whatIsAllowed()).doesNotContain(text).doesNotContain("s3cr3t");
        }
        assertThat(refusal).hasNoCause();
        return assertThat(refusal.whatIsAllowed());
    }
}
