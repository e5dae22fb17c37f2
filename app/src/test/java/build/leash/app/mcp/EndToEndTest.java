package build.leash.app.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The main job, with nothing in it but the real things: Leash and an MCP server over TLS, and the official clients,
 * which know of the server only what Leash hands off.
 */
@Timeout(180)
class EndToEndTest {

    private static final String SERVERS = "/api/organization/mcp-servers";
    private static final Map<String, Object> HELLO = Map.of("text", "hello");
    private static final String HELLO_JSON = "{\"text\": \"hello\"}";

    @TempDir
    private static Path directory;

    private static TlsIdentity tls;
    private static RunningLeash leash;
    private static LeashClient client;
    private static int servers;

    private RealMcpServer server;
    private String slug;

    @BeforeAll
    static void startLeash() {
        tls = TlsIdentity.createIn(directory);
        leash = RunningLeash.start(tls.springProperties().entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue()).toArray(String[]::new));
        client = leash.client().overTls(tls.sslContext());
    }

    @AfterAll
    static void stopLeash() {
        leash.close();
    }

    @BeforeEach
    void startServer() {
        server = RealMcpServer.start(tls, "first", Map.of("X-Tenant", "acme"));
        slug = "server-" + servers++;
        LeashAnswer registered = client.post(SERVERS, """
                {"slug": "%s", "url": "%s", "auth": {"type": "bearer", "token": "first"},
                 "headers": {"X-Tenant": "acme"}}
                """.formatted(slug, server.url())).key(leash.adminKey()).send();
        assertThat(registered.status()).isEqualTo(201);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void javaClientConnectsWithWhatWasHandedOff() {
        JsonNode handedOff = fetch();

        assertThat(handedOff.get("url").stringValue()).isEqualTo(server.url());
        assertThat(echo(handedOff)).isEqualTo("hello");
    }

    @Test
    void typeScriptClientConnectsWithWhatWasHandedOff() {
        OfficialTypeScriptClient.requireAvailable();

        assertThat(cookbook("echo", HELLO_JSON).stdout()).isEqualToIgnoringNewLines("hello");
        assertThat(cookbook("whoami", "{}").stdout()).isEqualToIgnoringNewLines("acme");
    }

    @Test
    void javaClientConnectsWithTheNextFetchAfterARotationAndIsRefusedWithTheOldOne() {
        JsonNode before = fetch();
        rotateTo("second");
        JsonNode after = fetch();

        assertThat(echo(after)).isEqualTo("hello");
        assertThatThrownBy(() -> echo(before)).isInstanceOf(McpServerRefused.class);
        assertThat(after.get("version").asLong()).isEqualTo(before.get("version").asLong() + 1);
    }

    @Test
    void typeScriptClientFollowsARotationAndARevocation() {
        OfficialTypeScriptClient.requireAvailable();
        server.currentBearer("second");
        assertThat(cookbook("echo", HELLO_JSON).stderr()).contains("error: ");
        rotateTo("second");
        assertThat(cookbook("echo", HELLO_JSON).stdout()).isEqualToIgnoringNewLines("hello");

        revoke();

        assertThat(cookbook("echo", HELLO_JSON).stderr()).contains("code: unknown_mcp_server");
    }

    @Test
    void revokedServersAreNotHandedOff() {
        revoke();

        LeashAnswer answer = client.get("/api/integrations/mcp-config/" + slug).key(leash.appKey()).send();

        assertThat(answer.outcome()).isEqualTo("404 unknown_mcp_server");
    }

    @Test
    void handingOffNeverCallsTheServer() {
        fetch();
        rotateTo("second");
        fetch();
        revoke();

        assertThat(server.requestsSeen()).isZero();
    }

    private void rotateTo(String token) {
        server.currentBearer(token);
        LeashAnswer answer = client.post(SERVERS + "/" + slug + "/rotate", "{\"token\": \"" + token + "\"}")
                .key(leash.adminKey()).send();
        assertThat(answer.status()).isEqualTo(200);
    }

    private void revoke() {
        assertThat(client.delete(SERVERS + "/" + slug).key(leash.adminKey()).send().status()).isEqualTo(204);
    }

    private JsonNode fetch() {
        LeashAnswer answer = client.get("/api/integrations/mcp-config/" + slug).key(leash.appKey()).send();
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().get("data");
    }

    private static String echo(JsonNode handedOff) {
        Map<String, String> headers = new LinkedHashMap<>();
        handedOff.get("headers").propertyStream()
                .forEach(header -> headers.put(header.getKey(), header.getValue().stringValue()));
        return OfficialJavaClient.callOnce(handedOff.get("url").stringValue(), headers, tls.sslContext(), "echo",
                HELLO);
    }

    private ProcessOutcome cookbook(String tool, String arguments) {
        return new OfficialTypeScriptClient(client.baseUrl().toString(), leash.appKey(), tls)
                .call(slug, tool, arguments);
    }
}
