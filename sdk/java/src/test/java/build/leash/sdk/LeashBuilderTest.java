package build.leash.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import build.leash.sdk.ScriptedPlatform.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LeashBuilderTest {

    private static final String KEY = "lsk_live_verysecret";
    private static final String CONFIG = """
            {"success": true, "data": {"slug": "echo", "url": "https://x.example",
             "headers": {"Authorization": "Bearer hush"}, "transport": "sse"}}
            """;

    private ScriptedPlatform platform;

    @BeforeEach
    void start() throws IOException {
        platform = new ScriptedPlatform();
        platform.answers(request -> Answer.json(200, CONFIG));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void readsKeyAndAddressFromTheEnvironment() {
        Map<String, String> environment = Map.of("LEASH_API_KEY", " " + KEY + "\n", "LEASH_PLATFORM_URL",
                platform.baseUrl());

        Leash.builder().environment(environment::get).build().getCustomMcpConfig("echo");

        assertThat(platform.seen().get(0).header("X-API-Key")).containsExactly(KEY);
        assertThat(platform.seen().get(0).path()).isEqualTo("/api/integrations/mcp-config/echo");
    }

    @Test
    void prefersWhatItIsGiven() {
        Map<String, String> environment = Map.of("LEASH_API_KEY", "lsk_live_other", "LEASH_PLATFORM_URL", "http://x");

        Leash.builder().environment(environment::get).apiKey(KEY).baseUrl(platform.baseUrl() + "/leash?x#y").build()
                .getCustomMcpConfig("echo");

        assertThat(platform.seen().get(0).header("X-API-Key")).containsExactly(KEY);
        assertThat(platform.seen().get(0).path()).isEqualTo("/leash/api/integrations/mcp-config/echo");
    }

    @Test
    void refusesToBeWithoutAKey() {
        refused(LeashErrorCode.NO_API_KEY, () -> Leash.builder().environment(name -> null).build());
        refused(LeashErrorCode.NO_API_KEY, () -> Leash.builder().environment(name -> " ").build());
        refused(LeashErrorCode.NO_API_KEY, () -> Leash.builder().apiKey("").build());
        assertThat(refused(LeashErrorCode.NO_API_KEY, () -> Leash.builder().apiKey("lsk\r\nX-Evil: 1").build()))
                .asString().doesNotContain("Evil");
    }

    @Test
    void refusesARequestThatIsNone() {
        refused(LeashErrorCode.NO_REQUEST_SERVER_CONSTRUCT, () -> Leash.builder().request(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.vm.name", "java.vm.vendor", "java.vendor"})
    void refusesAJvmInABrowserBeforeItLooksAtTheKey(String property) {
        refused(LeashErrorCode.BROWSER_MODE_UNSUPPORTED, () -> Leash.builder().environment(name -> null)
                .properties(name -> name.equals(property) ? "CheerpJ" : "OpenJDK").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"leash.example.com", "ftp://leash.example.com", "https://u:hush@leash.example.com",
            "http://", "http:// x"})
    void refusesAddressesThatAreNoneOrHaveAPasswordInThem(String url) {
        assertThat(refused(LeashErrorCode.NETWORK_ERROR, () -> Leash.builder().apiKey(KEY).baseUrl(url).build()))
                .asString().doesNotContain("hush");
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatThrownBy(() -> Leash.builder().timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Leash.builder().retries(11)).isInstanceOf(IllegalArgumentException.class);
        HttpClient eager = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
        assertThatThrownBy(() -> Leash.builder().httpClient(eager)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void forwardsTheEndUserAndNothingElseOfTheRequest() {
        Map<String, String> request = Map.of("Cookie", "a=1; b=2", "Authorization", "Bearer user", "X-Other", "x");

        platform.leash().request(request::get).build().getCustomMcpConfig("echo");

        assertThat(platform.seen().get(0).header("Cookie")).containsExactly("a=1; b=2");
        assertThat(platform.seen().get(0).header("Authorization")).containsExactly("Bearer user");
        assertThat(platform.seen().get(0).header("X-Other")).isEmpty();
        assertThat(platform.seen().get(0).header("X-API-Key")).containsExactly("lsk_live_x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hush\r\nX-Evil: 1", "hush\0", "hush=\ud83d\udd11"})
    void refusesHeadersThatNoRequestCanCarryWithoutRepeatingThem(String value) {
        for (String header : List.of("Cookie", "Authorization")) {
            assertThat(refused(LeashErrorCode.NO_REQUEST_SERVER_CONSTRUCT,
                    () -> Leash.builder().request(name -> name.equals(header) ? value : null))).hasNoCause().asString()
                    .doesNotContain("hush", "Evil");
        }
    }

    @Test
    void showsNoSecretHoweverItIsPrinted() {
        Leash leash = platform.leash().apiKey(KEY).request(name -> "hush").build();
        McpConfig config = leash.getCustomMcpConfig("echo");

        assertThat(leash.toString() + leash.env() + config).doesNotContain("verysecret", "hush")
                .contains("Authorization");
        assertThat(config.headers()).containsEntry("Authorization", "Bearer hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "A", "a?b", "-a"})
    void slugsThatAreNoneAreNotAskedFor(String slug) {
        Leash leash = platform.leash().build();

        refused(LeashErrorCode.UNKNOWN_MCP_SERVER, () -> leash.getCustomMcpConfig(slug));
        assertThat(platform.seen()).isEmpty();
    }

    private static LeashException refused(LeashErrorCode code, ThrowingCallable construction) {
        LeashException refusal = catchThrowableOfType(LeashException.class, construction);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.action()).isNotEmpty();
        return refusal;
    }
}
