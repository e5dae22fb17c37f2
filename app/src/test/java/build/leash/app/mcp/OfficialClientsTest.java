package build.leash.app.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proves the fixtures, not the product: before a refusal means anything, the same road must be seen to work. */
@Timeout(120)
class OfficialClientsTest {

    private static final Map<String, Object> HELLO = Map.of("text", "hello");

    @TempDir
    static Path directory;

    private static TlsIdentity tls;

    private FixedLeash leash;
    private RealMcpServer upstream;

    @BeforeAll
    static void makeIdentity() {
        tls = TlsIdentity.createIn(directory);
    }

    @BeforeEach
    void startServers() throws IOException {
        leash = new FixedLeash(tls);
        upstream = RealMcpServer.start(tls, "first");
        leash.answers(upstream.url(), bearer("first"));
    }

    @AfterEach
    void stopServers() {
        upstream.close();
        leash.close();
    }

    @Test
    void javaClientCallsATool() {
        assertThat(echoFromJava("first")).isEqualTo("hello");
        assertThat(upstream.requestsSeen()).isPositive();
        assertThat(upstream.requestsRefused()).isZero();
    }

    @Test
    void typeScriptClientCallsATool() {
        ProcessOutcome outcome = echoFromTypeScript(FixedLeash.SLUG);

        assertThat(outcome).isEqualTo(new ProcessOutcome(0, "hello\n", ""));
        assertThat(upstream.requestsRefused()).isZero();
    }

    @Test
    void wrongBearerIsRefusedToTheJavaClient() {
        assertRefusedWith(401, "wrong");
    }

    @Test
    void wrongBearerIsRefusedToTheTypeScriptClient() {
        leash.answers(upstream.url(), bearer("wrong"));

        assertThat(echoFromTypeScript(FixedLeash.SLUG))
                .isEqualTo(new ProcessOutcome(1, "", "error: StreamableHTTPError\n"));
        assertThat(upstream.requestsRefused()).isPositive();
    }

    @Test
    void afterRotationOnlyTheNewBearerOpensASessionFromJava() {
        assertThat(echoFromJava("first")).isEqualTo("hello");

        upstream.currentBearer("second");

        assertRefusedWith(401, "first");
        assertThat(echoFromJava("second")).isEqualTo("hello");
    }

    @Test
    void afterRotationOnlyTheNewBearerOpensASessionFromTypeScript() {
        upstream.currentBearer("second");
        assertThat(echoFromTypeScript(FixedLeash.SLUG).exitCode()).isEqualTo(1);

        leash.answers(upstream.url(), bearer("second"));

        assertThat(echoFromTypeScript(FixedLeash.SLUG).stdout()).isEqualTo("hello\n");
    }

    @Test
    void openJavaSessionIsRefusedAfterRotation() {
        try (OfficialJavaClient session = OfficialJavaClient.connect(upstream.url(), bearer("first"),
                tls.sslContext())) {
            assertThat(session.call("echo", HELLO)).isEqualTo("hello");

            upstream.currentBearer("second");

            assertThatThrownBy(() -> session.call("echo", HELLO))
                    .isInstanceOfSatisfying(
                            McpServerRefused.class, refusal -> assertThat(refusal.status()).isEqualTo(401));
        }
    }

    @Test
    void staticHeadersArriveBesideTheBearer() {
        try (RealMcpServer guarded = RealMcpServer.start(tls, "first", Map.of("X-Tenant", "acme"))) {
            Map<String, String> both = Map.of("Authorization", "Bearer first", "X-Tenant", "acme");

            assertThat(OfficialJavaClient.callOnce(guarded.url(), both, tls.sslContext(), "whoami", Map.of()))
                    .isEqualTo("acme");
            McpServerRefused refusal = catchThrowableOfType(McpServerRefused.class, () -> OfficialJavaClient.connect(
                    guarded.url(), bearer("first"), tls.sslContext()));
            assertThat(refusal.status()).isEqualTo(403);
        }
    }

    @Test
    void typeScriptClientReportsLeashsCodeAndLeavesTheServerAlone() {
        assertThat(echoFromTypeScript("unheard-of"))
                .isEqualTo(new ProcessOutcome(1, "", "code: unknown_mcp_server\n"));
        assertThat(upstream.requestsSeen()).isZero();
    }

    /** The SDK would go to {@code /mcp} unless told otherwise, and this server happens to be there. */
    @Test
    void javaClientCallsTheVeryPathItWasGiven() {
        String elsewhere = upstream.url() + "-elsewhere";

        assertThatThrownBy(() -> OfficialJavaClient.connect(elsewhere, bearer("first"), tls.sslContext()))
                .isNotInstanceOf(McpServerRefused.class);
        assertThat(upstream.requestsSeen()).isPositive();
        assertThat(upstream.requestsRefused()).isZero();
    }

    @Test
    void certificateIsTrustedOnlyByThoseWhoWereGivenIt() throws NoSuchAlgorithmException {
        SSLContext strangers = SSLContext.getDefault();

        assertThatThrownBy(() -> OfficialJavaClient.connect(upstream.url(), bearer("first"), strangers))
                .isNotInstanceOf(McpServerRefused.class)
                .hasStackTraceContaining(SSLException.class.getPackageName());
        assertThat(upstream.requestsSeen()).isZero();
    }

    private String echoFromJava(String bearer) {
        return OfficialJavaClient.callOnce(upstream.url(), bearer(bearer), tls.sslContext(), "echo", HELLO);
    }

    private ProcessOutcome echoFromTypeScript(String slug) {
        OfficialTypeScriptClient.requireAvailable();
        return new OfficialTypeScriptClient(leash.url(), FixedLeash.API_KEY, tls)
                .call(slug, "echo", "{\"text\": \"hello\"}");
    }

    private void assertRefusedWith(int status, String bearer) {
        McpServerRefused refusal = catchThrowableOfType(McpServerRefused.class, () -> echoFromJava(bearer));
        assertThat(refusal.status()).isEqualTo(status);
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }
}
