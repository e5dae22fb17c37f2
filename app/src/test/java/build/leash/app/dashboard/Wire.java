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
public final class Wire {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern COOKIE = Pattern.compile("(leash_\\w+=[^;]+)");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI leash;

    public Wire(URI leash) {
        this.leash = leash;
    }

    /** A session with the token that its forms carry. */
    public record Signed(@Nullable String session, String csrf) {}

    public Signed in(String session) {
        Matcher token = CSRF.matcher(get("/dashboard/password", session).body());
        if (!token.find()) {
            throw new AssertionError("The page carries no CSRF token");
        }
        return new Signed(session, token.group(1));
    }

    /** By the form for it. @param next where to go afterwards; may be blank */
    public HttpResponse<String> signIn(String email, String password, String next) {
        return signInFrom(get("/dashboard/sign-in", null), email, password, next);
    }

    /** By the form of a page that this node, or another one, has given. */
    public HttpResponse<String> signInFrom(HttpResponse<String> page, String email, String password, String next) {
        return postSignedOut("/dashboard/sign-in", page, Map.of("email", email, "password", password, "next", next));
    }

    /** Fills the form of a page that was got without a session. */
    HttpResponse<String> postSignedOut(String path, HttpResponse<String> page, Map<String, String> fields) {
        Matcher cookie = COOKIE.matcher(page.headers().firstValue("Set-Cookie").orElseThrow());
        Matcher csrf = CSRF.matcher(page.body());
        if (!cookie.find() || !csrf.find()) {
            throw new AssertionError("The page carries no CSRF token");
        }
        return send(request(path, null).header("Cookie", cookie.group(1))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(form(fields, csrf.group(1))));
    }

    /** The session that an answer opens. */
    public static String session(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream().filter(cookie -> cookie.startsWith("leash_session="))
                .map(cookie -> cookie.substring("leash_session=".length()).replaceFirst(";.*", "")).findFirst()
                .orElseThrow(() -> new AssertionError("No session: " + answer.statusCode()));
    }

    public HttpResponse<String> get(String path, @Nullable String session) {
        return send(request(path, session).GET());
    }

    public HttpResponse<String> post(String path, Signed signed, Map<String, String> form) {
        return send(request(path, signed.session()).header("X-CSRF-Token", signed.csrf())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form))));
    }

    public HttpResponse<String> json(String method, String path, Signed signed, String json) {
        return send(request(path, signed.session()).header("X-CSRF-Token", signed.csrf())
                .header("Content-Type", "application/json").method(method,
                        json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
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
    public int statusOf(String path, @Nullable String session) {
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

    public HttpRequest.Builder request(String path, @Nullable String session) {
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
