package build.leash.secrets.outbound;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.turns.Turns;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** Sends requests to servers that customers name. Follows no redirect, keeps no cookie and no connection. */
public final class Outbound implements AutoCloseable {

    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_ERROR = 400;

    private final CloseableHttpClient http;
    private final OutboundProperties properties;
    private final Turns turns;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Outbound(CloseableHttpClient http, OutboundProperties properties) {
        this.http = http;
        this.properties = properties;
        this.turns = new Turns(properties.concurrent());
    }

    /** What came back, which may be a secret, so it does not print itself. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Answer(int status, byte[] body) {

        @Override
        public String toString() {
            return "Answer[" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * Asks on behalf of an organization.
     *
     * @throws Rejected {@link build.leash.secrets.api.SecretsRejection#SECRETS_UNAVAILABLE} if the organization has too
     *         many requests under way, so that nobody was asked
     */
    public Answer get(OrganizationId organization, OutboundUrl url, Map<String, String> headers)
            throws OutboundFailure {
        return send(organization, new HttpUriRequestBase("GET", url.uri()), headers, null);
    }

    /**
     * Sends JSON on behalf of an organization.
     *
     * @throws Rejected as {@link #get}
     */
    public Answer postJson(OrganizationId organization, OutboundUrl url, Map<String, String> headers, byte[] json)
            throws OutboundFailure {
        return send(organization, new HttpUriRequestBase("POST", url.uri()), headers, json);
    }

    private Answer send(OrganizationId organization, HttpUriRequestBase request, Map<String, String> headers,
            byte @Nullable [] json) throws OutboundFailure {
        headers.forEach(request::setHeader);
        request.setHeader("User-Agent", "Leash");
        request.setHeader("Accept", "application/json");
        if (json != null) {
            request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        }
        CountDownLatch begun = new CountDownLatch(1);
        Future<Answer> exchange = threads.submit(() -> inTurn(organization, request, begun));
        try {
            begun.await();
            return successful(exchange.get(properties.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new OutboundFailure("timeout");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutboundFailure("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Rejected busy) {
                throw busy;
            }
            throw meaning(e.getCause());
        } finally {
            request.cancel();
            exchange.cancel(true);
        }
    }

    /** The time for the exchange begins with the turn: that one has to wait for it is not the other side's fault. */
    private Answer inTurn(OrganizationId organization, HttpUriRequestBase request, CountDownLatch begun)
            throws IOException, OutboundFailure {
        try (Turns.Turn _ = turns.mustTake(organization, properties.timeout())) {
            begun.countDown();
            return exchange(request);
        } finally {
            begun.countDown();
        }
    }

    private Answer exchange(HttpUriRequestBase request) throws IOException, OutboundFailure {
        try {
            return http.execute(request, response -> new Answer(response.getCode(), body(response)));
        } catch (TooLarge e) {
            throw new OutboundFailure("too_large");
        }
    }

    private byte[] body(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream content = entity.getContent()) {
            byte[] body = content.readNBytes(properties.maxBytes() + 1);
            if (body.length > properties.maxBytes()) {
                throw new TooLarge();
            }
            return body;
        }
    }

    private static Answer successful(Answer answer) throws OutboundFailure {
        if (answer.status() >= FIRST_REDIRECT && answer.status() < FIRST_ERROR) {
            throw new OutboundFailure("redirected");
        }
        if (answer.status() >= FIRST_ERROR) {
            throw new OutboundFailure("status_" + answer.status());
        }
        return answer;
    }

    private static OutboundFailure meaning(@Nullable Throwable cause) {
        return switch (cause) {
            case OutboundFailure failure -> failure;
            case GuardedResolver.Forbidden forbidden -> new OutboundFailure("address_not_allowed");
            case UnknownHostException unknown -> new OutboundFailure("unknown_host");
            case SSLException tls -> new OutboundFailure("tls");
            case SocketTimeoutException timeout -> new OutboundFailure("timeout");
            case IOException io when io.getCause() instanceof HttpException -> new OutboundFailure("malformed");
            case null, default -> new OutboundFailure("unreachable");
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
