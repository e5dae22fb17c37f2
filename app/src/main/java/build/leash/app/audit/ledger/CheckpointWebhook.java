package build.leash.app.audit.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/**
 * Posts each checkpoint to a URL, as Standard Webhooks say (https://www.standardwebhooks.com), signed with the key of the
 * checkpoints ({@code v1a}, Ed25519). The receiver keeps the body under {@code webhook-id}, and compares if it has one.
 */
final class CheckpointWebhook implements CheckpointPlace {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int REDIRECT = 300;

    private final URI url;
    private final SigningKey key;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER).build();

    /** @throws IllegalArgumentException if the URL is neither of the scheme https nor of a loopback address */
    CheckpointWebhook(URI url, SigningKey key, Clock clock) {
        if (!"https".equals(url.getScheme()) && !isLoopback(url)) {
            throw new IllegalArgumentException("leash.audit.checkpoint-webhook is an https URL");
        }
        this.url = url;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public void keep(long size, String note) throws IOException {
        String id = "checkpoint-" + size;
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        byte[] signature = key.sign((id + "." + timestamp + "." + note).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(url).timeout(TIMEOUT).header("Content-Type", "text/plain")
                .header("webhook-id", id).header("webhook-timestamp", timestamp)
                .header("webhook-signature", "v1a," + Base64.getEncoder().encodeToString(signature))
                .POST(HttpRequest.BodyPublishers.ofString(note)).build();
        try {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status < OK || status >= REDIRECT) {
                throw new IOException("The webhook answers " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    /** Without the path, in which there may be a token. */
    @Override
    public String toString() {
        return url.getScheme() + "://" + url.getHost();
    }

    private static boolean isLoopback(URI url) {
        try {
            return "http".equals(url.getScheme()) && InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
