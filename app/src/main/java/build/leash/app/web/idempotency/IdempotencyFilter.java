package build.leash.app.web.idempotency;

import build.leash.access.api.Caller;
import build.leash.app.web.CurrentCaller;
import build.leash.app.web.FilterOrder;
import build.leash.app.web.RequestBody;
import build.leash.app.web.error.InvalidRequest;
import build.leash.app.web.error.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Applies {@link Idempotency} to POSTs with an {@code Idempotency-Key}. Holds the answer back until it is committed. Not to
 * those that ask somebody outside: they can be repeated anyway, and no transaction is to wait for an answer from there.
 */
@Component
@Order(FilterOrder.IDEMPOTENCY)
class IdempotencyFilter extends OncePerRequestFilter {

    private static final String HEADER = "Idempotency-Key";
    private static final String SHREDDING = "/api/organization/encryption-key/shred";
    private static final Pattern ASKS_OUTSIDE = Pattern.compile("/api/organization/secret-sources/[^/]+/sync");
    private static final Pattern ALLOWED = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final List<String> KEPT_HEADERS = List.of("Content-Type", "Location", "ETag", "Cache-Control");
    private static final int FIRST_ERROR_STATUS = 400;

    private final Idempotency idempotency;
    private final ProblemWriter problems;

    IdempotencyFilter(Idempotency idempotency, ProblemWriter problems) {
        this.idempotency = idempotency;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || ASKS_OUTSIDE.matcher(request.getServletPath()).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(HEADER);
        Optional<Caller> caller = CurrentCaller.of(request);
        if (key == null || caller.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        ContentCachingResponseWrapper heldBack = new ContentCachingResponseWrapper(response);
        try {
            isWellFormed(key);
            String fingerprint = fingerprint(request);
            write(response, idempotency.firstAnswer(caller.get(), key, fingerprint, !isShredding(request),
                    () -> answer(request, heldBack, chain, fingerprint)));
        } catch (Idempotency.Failed failed) {
            heldBack.copyBodyToResponse();
        } catch (RuntimeException e) {
            response.reset(); // of the headers of an answer that was not committed
            problems.write(request, response, e);
        }
    }

    /** Leaves no key with which its answer could be sealed, and answers without a secret. */
    private static boolean isShredding(HttpServletRequest request) {
        return request.getServletPath().equals(SHREDDING);
    }

    private static void isWellFormed(String key) {
        if (!ALLOWED.matcher(key).matches()) {
            throw new InvalidRequest(HEADER, "An idempotency key has 1 to 255 visible ASCII characters.");
        }
    }

    private static String fingerprint(HttpServletRequest request) {
        String line = request.getMethod() + " " + request.getRequestURI() + "\n";
        return Base64.getEncoder().encodeToString(
                IdempotencyKey.sha256(line.getBytes(StandardCharsets.UTF_8), RequestBody.of(request)));
    }

    private static Answer answer(HttpServletRequest request, ContentCachingResponseWrapper response, FilterChain chain,
            String fingerprint) {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException e) {
            throw new IllegalStateException("The request could not be answered", e);
        }
        if (response.getStatus() >= FIRST_ERROR_STATUS) {
            throw new Idempotency.Failed();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            if (response.getHeader(name) != null) {
                headers.put(name, response.getHeader(name));
            }
        }
        return new Answer(fingerprint, response.getStatus(), headers, response.getContentAsByteArray());
    }

    private static void write(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.getOutputStream().write(answer.body());
    }
}
