package build.leash.app.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Speaks to the dashboard as a browser does, but says exactly what it is told to. */
final class Wire {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI leash;

    Wire(URI leash) {
        this.leash = leash;
    }

    /** A session with the token that its forms carry. */
    record Signed(@Nullable String session, String csrf) {}

    Signed in(String session) {
        Matcher token = CSRF.matcher(get("/dashboard/password", session).body());
        if (!token.find()) {
            throw new AssertionError("The page carries no CSRF token");
        }
        return new Signed(session, token.group(1));
    }

    HttpResponse<String> get(String path, @Nullable String session) {
        return send(request(path, session).GET());
    }

    HttpResponse<String> post(String path, Signed signed, Map<String, String> form) {
        return send(request(path, signed.session()).header("X-CSRF-Token", signed.csrf())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form))));
    }

    HttpResponse<String> json(String method, String path, Signed signed, String json) {
        return send(request(path, signed.session()).header("X-CSRF-Token", signed.csrf())
                .header("Content-Type", "application/json").method(method,
                        json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The status of a stream, which is not read. */
    int statusOf(String path, @Nullable String session) {
        try {
            HttpResponse<InputStream> answer = http.send(
                    request(path, session).header("Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path, @Nullable String session) {
        HttpRequest.Builder request = HttpRequest.newBuilder(leash.resolve(path)).timeout(LIMIT);
        return session == null ? request : request.header("Cookie", "leash_session=" + session);
    }

    static HttpRequest.BodyPublisher form(Map<String, String> fields, String csrf) {
        return BodyPublishers
                .ofString("_csrf=" + URLEncoder.encode(csrf, StandardCharsets.UTF_8) + "&" + encoded(fields));
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream().map(field -> field.getKey() + "="
                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }
}
