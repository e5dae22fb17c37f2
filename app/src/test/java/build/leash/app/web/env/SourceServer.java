package build.leash.app.web.env;

import build.leash.app.mcp.TlsIdentity;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Doppler, Infisical and a customer's own server in one, each with the HTTP shape of its documentation. */
final class SourceServer implements AutoCloseable {

    static final String DOPPLER_TOKEN = "dp.st.prd.abcdefghijklmnop";
    static final String CLIENT_ID = "3c90c3cc-0d44-4b50-8888-8dd25736052a";
    static final String CLIENT_SECRET = "infisical-client-secret";
    static final String SIGNING_SECRET = "whsec_bGVhc2gtdGVzdC1zaWduaW5nLXNlY3JldC0wMQ==";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ACCESS_TOKEN = "short-lived-access-token";

    /** What all three hold. */
    final Map<String, String> values = new ConcurrentHashMap<>();
    /** Where each request went: path and query. */
    final List<String> targets = new CopyOnWriteArrayList<>();
    /** The bodies of signed notifications. */
    final List<String> told = new CopyOnWriteArrayList<>();
    /** The keys for which the customer's server was asked, each time. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile int failure;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpsServer server;

    SourceServer(TlsIdentity tls) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(tls.sslContext()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        targets.add(exchange.getRequestURI().toString());
        waitWhileHeld();
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (failure != 0) {
                answer(exchange, failure, "{\"message\": \"trouble with " + values.values() + "\"}");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/v3/configs/config/secrets/download" -> doppler(exchange);
                case "/api/v1/auth/universal-auth/login" -> login(exchange, body);
                case "/api/v4/secrets" -> infisical(exchange);
                case "/env" -> webhook(exchange, body);
                case "/told" -> told(exchange, body);
                case "/redirect" -> {
                    exchange.getResponseHeaders().add("Location", url() + "/env");
                    answer(exchange, 307, "");
                }
                case "/malformed" -> answer(exchange, 200, "{\"values\": {\"A\": 1}}");
                case "/nothing" -> answer(exchange, 200, "<html>");
                case "/slow" -> drip(exchange);
                case "/huge" -> answer(exchange, 200, "x".repeat(5_000_000));
                default -> answer(exchange, 404, "{}");
            }
        }
    }

    /** Requests are taken and not answered from now on, until the latch that is answered is counted down. */
    CountDownLatch hold() {
        CountDownLatch latch = new CountDownLatch(1);
        held = latch;
        return latch;
    }

    private void waitWhileHeld() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void doppler(HttpExchange exchange) throws IOException {
        if (!isBearer(exchange, DOPPLER_TOKEN)) {
            answer(exchange, 401, "{\"messages\": [\"Invalid Auth token\"], \"success\": false}");
            return;
        }
        Map<String, String> all = new TreeMap<>(values);
        all.put("DOPPLER_PROJECT", "shop");
        answer(exchange, query(exchange).get("format").equals("json") ? 200 : 400, JSON.writeValueAsString(all));
    }

    private void login(HttpExchange exchange, byte[] body) throws IOException {
        boolean isKnown = JSON.readTree(body).equals(JSON.readTree("{\"clientId\": \"" + CLIENT_ID
                + "\", \"clientSecret\": \"" + CLIENT_SECRET + "\"}"));
        answer(exchange, isKnown ? 200 : 401, "{\"accessToken\": \"" + ACCESS_TOKEN
                + "\", \"expiresIn\": 7200, \"accessTokenMaxTTL\": 7200, \"tokenType\": \"Bearer\"}");
    }

    private void infisical(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        boolean isMeant = isBearer(exchange, ACCESS_TOKEN) && "shop".equals(query.get("projectId"))
                && "prod".equals(query.get("environment")) && "%2F".equals(query.get("secretPath"));
        String imported = "[" + secret("A", "imported") + ", " + secret("IMPORTED", "imported") + "]";
        String own = values.entrySet().stream().map(entry -> secret(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ", "[", "]"));
        answer(exchange, isMeant ? 200 : 403, "{\"secrets\": " + own
                + ", \"imports\": [{\"secretPath\": \"/\", \"environment\": \"dev\", \"secrets\": " + imported + "}]}");
    }

    private static String secret(String key, String value) {
        return JSON.writeValueAsString(Map.of("id", "x", "version", 1, "type", "shared", "secretKey", key,
                "secretValue", value, "secretValueHidden", false));
    }

    private void webhook(HttpExchange exchange, byte[] body) throws IOException {
        if (!StandardWebhook.isGenuine(SIGNING_SECRET, exchange.getRequestHeaders(), body)) {
            answer(exchange, 401, "{}");
            return;
        }
        List<String> keys = JSON.readTree(body).get("keys").valueStream().map(key -> key.stringValue()).toList();
        asked.add(String.join(",", keys));
        Map<String, String> held = new TreeMap<>(values);
        held.keySet().retainAll(keys);
        answer(exchange, 200, JSON.writeValueAsString(Map.of("values", held)));
    }

    private void told(HttpExchange exchange, byte[] body) throws IOException {
        boolean isGenuine = StandardWebhook.isGenuine(SIGNING_SECRET, exchange.getRequestHeaders(), body);
        if (isGenuine) {
            told.add(new String(body, StandardCharsets.UTF_8));
        }
        answer(exchange, isGenuine ? 204 : 401, "");
    }

    /** A byte now and then, which no limit between two bytes would notice. */
    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            while (!closing.await(100, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isBearer(HttpExchange exchange, String token) {
        return ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        return List.of(exchange.getRequestURI().getRawQuery().split("&")).stream().map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
