package build.leash.app.mcp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in front of the MCP endpoint as a vendor would: one credential is good at a time, and each single
 * request must show it, also those of a session that was opened with an earlier one. It keeps counts only, never
 * what it was shown.
 */
final class BearerGate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> staticHeaders;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile String bearer;

    BearerGate(String bearer, Map<String, String> staticHeaders) {
        this.bearer = bearer;
        this.staticHeaders = Map.copyOf(staticHeaders);
    }

    void currentBearer(String next) {
        this.bearer = next;
    }

    long seen() {
        return seen.get();
    }

    long refused() {
        return refused.get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        seen.incrementAndGet();
        if (!showsExactly(request, "Authorization", "Bearer " + bearer)) {
            response.setHeader("WWW-Authenticate", "Bearer");
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED);
        } else if (!showsStaticHeaders(request)) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean showsStaticHeaders(HttpServletRequest request) {
        return staticHeaders.entrySet().stream().allMatch(e -> showsExactly(request, e.getKey(), e.getValue()));
    }

    /** One value and no other: a header sent twice is a client that merged old and new. */
    private static boolean showsExactly(HttpServletRequest request, String name, String value) {
        return Collections.list(request.getHeaders(name)).equals(List.of(value));
    }

    private void refuse(HttpServletResponse response, int status) {
        refused.incrementAndGet();
        response.setStatus(status);
    }
}
