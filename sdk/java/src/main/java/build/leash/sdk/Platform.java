package build.leash.sdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Speaks HTTP to the platform. Every call may be repeated without harm. */
final class Platform {

    private final HttpClient http;
    private final URI baseUrl;
    private final String apiKey;
    private final Map<String, String> forwarded;
    private final Duration timeout;
    private final RetryPolicy policy;
    private final Answers answers;

    /** @param http one that follows no redirect, since the key would go along */
    Platform(HttpClient http, URI baseUrl, String apiKey, Map<String, String> forwarded, Duration timeout,
            RetryPolicy policy) {
        this.http = http;
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
        this.forwarded = forwarded;
        this.timeout = timeout;
        this.policy = policy;
        this.answers = new Answers(baseUrl);
    }

    URI baseUrl() {
        return baseUrl;
    }

    Answers answers() {
        return answers;
    }

    CompletableFuture<JsonNode> get(String path) {
        return call(request(path).GET().build());
    }

    CompletableFuture<JsonNode> post(String path, JsonNode body) {
        BodyPublisher json = BodyPublishers.ofString(body.toString());
        return call(request(path).header("Content-Type", "application/json").POST(json).build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(baseUrl.resolve(path)).timeout(timeout);
        forwarded.forEach(request::header);
        return request.header("Accept", "application/json").header("X-API-Key", apiKey);
    }

    /** Cancelling what this answers ends the attempt that is under way. */
    private CompletableFuture<JsonNode> call(HttpRequest request) {
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        attempt(request, 1, result);
        return result;
    }

    private void attempt(HttpRequest request, int attempt, CompletableFuture<JsonNode> result) {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<HttpResponse<byte[]>> sent = http.sendAsync(request, info -> new LimitedBody());
        Cancellation.passOn(result, sent);
        // The request's own timeout ends with the headers; this one covers the body too.
        CompletableFuture<HttpResponse<byte[]>> timed = sent.thenApply(response -> response)
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        var unused = timed.whenComplete((response, failure) -> {
            if (failure != null) {
                sent.cancel(true);
                retryOr(unreachable(failure), Optional.empty(), request, attempt, result);
            } else {
                complete(response, request, attempt, result);
            }
        });
    }

    private void complete(HttpResponse<byte[]> response, HttpRequest request, int attempt,
            CompletableFuture<JsonNode> result) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            answers.json(response.body()).ifPresentOrElse(result::complete,
                    () -> result.completeExceptionally(answers.unreadable(status)));
            return;
        }
        LeashException error = answers.error(status, response.body(), response.headers().firstValue("X-Request-Id"));
        if (RetryPolicy.isPassing(status)) {
            retryOr(error, response.headers().firstValue("Retry-After"), request, attempt, result);
        } else {
            result.completeExceptionally(error);
        }
    }

    private void retryOr(LeashException error, Optional<String> retryAfter, HttpRequest request, int attempt,
            CompletableFuture<JsonNode> result) {
        policy.pauseAfter(attempt, retryAfter).ifPresentOrElse(
                pause -> CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS)
                        .execute(() -> attempt(request, attempt + 1, result)),
                () -> result.completeExceptionally(error));
    }

    private LeashException unreachable(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        boolean late = cause instanceof TimeoutException || cause instanceof HttpTimeoutException;
        return new LeashException(LeashErrorCode.NETWORK_ERROR,
                late
                        ? answers.origin() + " did not answer within " + timeout.toMillis() + " ms"
                        : answers.origin() + " cannot be reached (" + reason(cause) + ")",
                "Check LEASH_PLATFORM_URL, that Leash runs there, and the network in between.", cause);
    }

    private static String reason(@Nullable Throwable cause) {
        return cause == null ? "unknown" : cause.getClass().getSimpleName();
    }
}
