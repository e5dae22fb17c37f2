package build.leash.app.dashboard.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.client.RestClientException;

@Timeout(30)
class OidcHttpTest {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final int PAUSE_MILLISECONDS = 20;
    private static final int ENDLESS = 1_000_000;

    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void waitsForNoAnswerThatComesByteByByteWithoutEnd() throws IOException {
        HttpServer provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        provider.createContext("/", this::drip);
        provider.start();
        URI address = URI.create("http://127.0.0.1:" + provider.getAddress().getPort());
        long started = System.nanoTime();
        try {
            assertThatThrownBy(() -> new OidcHttp(LIMIT).client().get().uri(address).retrieve().body(String.class))
                    .isInstanceOf(RestClientException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(LIMIT);
        } finally {
            over.countDown();
            provider.stop(0);
        }
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, ENDLESS);
        try {
            while (!over.await(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }
}
