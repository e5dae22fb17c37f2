package build.leash.app.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP/1.1 to one node, follows no redirect, and has every answer checked against the API's document. Safe for
 * use by several threads.
 */
public final class LeashClient {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Shared: each has a thread of its own, and tests that wait for a node make a client again and again. */
    private static final HttpClient PLAIN = limited(HttpClient.newBuilder());

    private final HttpClient http;
    private final URI baseUrl;
    private final AnswerCheck check;

    /** A client of a node that the test has started in another way. */
    public static LeashClient of(URI baseUrl) {
        return new LeashClient(baseUrl, ApiContract.instance());
    }

    LeashClient(URI baseUrl, AnswerCheck check) {
        this(baseUrl, check, PLAIN);
    }

    private LeashClient(URI baseUrl, AnswerCheck check, HttpClient http) {
        this.http = http;
        this.baseUrl = baseUrl;
        this.check = check;
    }

    private static HttpClient limited(HttpClient.Builder http) {
        return http.version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(LIMIT).build();
    }

    /** A client of a node that runs in another process. */
    public static LeashClient to(URI baseUrl) {
        return new LeashClient(baseUrl, (method, path, answer) -> {});
    }

    /** The same node over TLS, with whom this context trusts. */
    public LeashClient overTls(SSLContext tls) {
        URI secure = URI.create("https://localhost:" + baseUrl.getPort());
        return new LeashClient(secure, check, limited(HttpClient.newBuilder().sslContext(tls)));
    }

    public URI baseUrl() {
        return baseUrl;
    }

    public Call get(String path) {
        return call("GET", path);
    }

    public Call post(String path, String json) {
        return call("POST", path).json(json);
    }

    public Call put(String path, String json) {
        return call("PUT", path).json(json);
    }

    public Call patch(String path, String json) {
        return call("PATCH", path).json(json);
    }

    public Call delete(String path) {
        return call("DELETE", path);
    }

    /** @param path with its query, percent-encoded where it must be */
    public Call call(String method, String path) {
        return new Call(method, path);
    }

    /** A request that is being put together, then sent once or more often. */
    public final class Call {

        private final String method;
        private final String path;
        private final HttpRequest.Builder request;
        private BodyPublisher body = BodyPublishers.noBody();

        private Call(String method, String path) {
            this.method = method;
            this.path = path;
            this.request = HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(LIMIT);
        }

        /** Sends the {@code X-API-Key}, unless it is null. */
        public Call key(@Nullable String key) {
            return key == null ? this : header("X-API-Key", key);
        }

        /** Adds a header, beside others of that name. */
        public Call header(String name, String value) {
            request.header(name, value);
            return this;
        }

        public Call json(String json) {
            return body(json.getBytes(StandardCharsets.UTF_8)).header("Content-Type", "application/json");
        }

        /** Sends these bytes, without saying what they are. */
        public Call body(byte[] bytes) {
            body = BodyPublishers.ofByteArray(bytes);
            return this;
        }

        /** Sends these bytes in chunks, without saying how many they are. */
        public Call chunked(byte[] bytes) {
            body = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(bytes));
            return this;
        }

        public LeashAnswer send() {
            HttpRequest sent = request.copy().method(method, body).build();
            try {
                HttpResponse<byte[]> response = http.send(sent, BodyHandlers.ofByteArray());
                LeashAnswer answer = new LeashAnswer(response.statusCode(), response.headers(), response.body());
                check.check(method, path, answer);
                return answer;
            } catch (IOException e) {
                throw new UncheckedIOException(method + " " + path + " got no answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for an answer", e);
            }
        }
    }
}
