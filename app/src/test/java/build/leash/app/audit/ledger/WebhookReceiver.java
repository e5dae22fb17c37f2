package build.leash.app.audit.ledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Somebody who keeps what is posted to him, and fails at the first try. */
final class WebhookReceiver implements AutoCloseable {

    private static final int NO_CONTENT = 204;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final AtomicBoolean hasFailed = new AtomicBoolean();
    private final Map<String, Post> received = new ConcurrentHashMap<>();

    record Post(String id, String timestamp, byte[] signature, String body) {}

    private WebhookReceiver(HttpServer server) {
        this.server = server;
    }

    static WebhookReceiver start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        WebhookReceiver receiver = new WebhookReceiver(server);
        server.createContext("/", receiver::receive);
        server.start();
        return receiver;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/checkpoints";
    }

    /** By id. */
    Map<String, Post> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean isFirst = hasFailed.compareAndSet(false, true);
        if (!isFirst) {
            String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
            received.put(id, new Post(id, exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    Base64.getDecoder().decode(signature.replace("v1a,", "")), body));
        }
        exchange.sendResponseHeaders(isFirst ? UNAVAILABLE : NO_CONTENT, -1);
        exchange.close();
    }
}
