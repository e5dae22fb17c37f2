package build.leash.app.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers one slug with what it was told to, so that the fixtures of this package can be proven without the product.
 * The product's own tests have no use for it.
 */
final class FixedLeash implements AutoCloseable {

    static final String API_KEY = "lsk_live_fixture";
    static final String SLUG = "intercom";
    private static final String READ_PATH = "/api/integrations/mcp-config/";

    private final JsonMapper json = new JsonMapper();
    private final HttpsServer server;
    private volatile Map<String, Object> config = Map.of();

    FixedLeash(TlsIdentity tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        this.server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.sslContext()));
        server.createContext(READ_PATH, this::answer);
        server.start();
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    void answers(String url, Map<String, String> headers) {
        this.config = Map.of("slug", SLUG, "url", url, "headers", headers, "transport", "streamable-http");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (!API_KEY.equals(exchange.getRequestHeaders().getFirst("X-API-Key"))) {
            send(exchange, 401, Map.of("success", false, "code", "invalid_api_key"));
        } else if (!exchange.getRequestURI().getPath().equals(READ_PATH + SLUG)) {
            send(exchange, 404, Map.of("success", false, "code", "unknown_mcp_server"));
        } else {
            send(exchange, 200, Map.of("success", true, "data", config));
        }
    }

    private void send(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
