package build.leash.sdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Speaks the platform's HTTP with words that are put into its mouth, one answer per request. */
final class ScriptedPlatform implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile Function<Seen, Answer> answers = request -> Answer.json(500, "{}");

    ScriptedPlatform() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Seen> seen() {
        return seen;
    }

    void answers(Function<Seen, Answer> next) {
        answers = next;
    }

    /** These in turn, and the last one from then on. */
    void answersInTurn(List<Answer> inTurn) {
        answers = request -> inTurn.get(Math.min(seen.size(), inTurn.size()) - 1);
    }

    LeashBuilder leash() {
        return Leash.builder().apiKey("lsk_live_x").baseUrl(baseUrl()).retries(0);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Seen request = new Seen(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()), body);
        seen.add(request);
        Answer answer = answers.apply(request);
        if (answer.silent()) {
            awaitClosing();
        }
        if (answer.silent() || answer.close()) {
            exchange.close();
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    record Seen(String method, String path, Map<String, List<String>> headers, String body) {

        List<String> header(String name) {
            return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream()).toList();
        }
    }

    /** @param close breaks the connection instead; {@code silent} says nothing */
    record Answer(int status, Map<String, String> headers, String text, boolean close, boolean silent) {

        static Answer json(int status, String text) {
            return new Answer(status, Map.of("Content-Type", "application/json"), text, false, false);
        }
    }
}
