package build.leash.secrets.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "HTTPS://example.com:8443/a?b=c", "https://93.184.215.14/",
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/", "https://1password.com", "https://a.b1/",
            "https://xn--mnchen-3ya.example/"})
    void takesWhatNamesAHost(String url) {
        assertThat(OutboundUrl.of(url).toString()).isEqualTo(url);
    }

    /** Each reads as an address to somebody, and to somebody else as another one, or as a name. */
    @ParameterizedTest
    @ValueSource(strings = {"https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0177.0.0.1/",
            "https://017700000001/", "https://127.1/", "https://127.0.1/", "https://127.0.0.01/", "https://127.0.0.1./",
            "https://0/", "https://0x/", "https://1.2.3.4.5/", "https://256.1.1.1/", "https://host.0x7f/",
            "https://example.1/", "https://169.254.169.254.:443/", "https://[fe80::1%25eth0]/",
            "https://%31%32%37.0.0.1/",
            "https://127。0。0。1/", "https://①②⑦.0.0.1/"})
    void refusesAddressesInUnusualForms(String url) {
        refused(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com", "ftp://example.com", "file:///etc/passwd", "gopher://example.com",
            "//example.com", "example.com", "", "https:", "https://", "https:///path", "https:example.com",
            "https://user@example.com", "https://user:pass@example.com", "https://@example.com",
            "https://example.com#f", "https://example.com:0", "https://example.com:65536", "https://example.com:x",
            "https://exa mple.com", "https://example.com/\u0000", "https://example.com/\r\nHost: x",
            "https://example.com\\@evil.com", "https://evil.com\\example.com", "https://[::1", "https://a_b.com/",
            "jar:https://example.com!/", "https://example.com:443@evil.com/"})
    void refusesWhatIsNoUrlOfAnHttpsServer(String url) {
        refused(url);
    }

    @Test
    void refusesWhatIsTooLong() {
        refused("https://example.com/" + "a".repeat(OutboundUrl.MAX_LENGTH));
    }

    @Test
    void goesOnWithAPath() {
        assertThat(OutboundUrl.of("https://example.com/").with("/a?b").toString()).isEqualTo("https://example.com/a?b");
        assertThat(OutboundUrl.of("https://example.com/x").with("/a").toString()).isEqualTo("https://example.com/x/a");
    }

    private static void refused(String url) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> OutboundUrl.of(url))
                .satisfies(invalid -> assertThat(invalid.whatIsAllowed()).isNotEmpty());
    }
}
