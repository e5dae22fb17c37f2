package build.leash.app.web;

import build.leash.app.web.error.ErrorCode;
import build.leash.app.web.error.InvalidRequest;
import build.leash.app.web.error.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over {@value #MAX_BYTES} bytes, bodies that are not UTF-8, and requests that repeat a header which
 * must be unambiguous.
 */
@Component
@Order(FilterOrder.BODY)
class BodyFilter extends OncePerRequestFilter {

    /** Twenty headers of 4,096 characters, a token of 8,192 and a URL of 2,048 fit with room to spare. */
    static final int MAX_BYTES = 131_072;

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    private final ProblemWriter problems;

    BodyFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            UnambiguousHeaders.mustBe(request);
            if (WITHOUT_BODY.contains(request.getMethod())) {
                chain.doFilter(request, response);
                return;
            }
            byte[] body = request.getContentLengthLong() > MAX_BYTES
                    ? null
                    : request.getInputStream().readNBytes(MAX_BYTES + 1);
            if (body == null || body.length > MAX_BYTES) {
                problems.write(request, response, ErrorCode.REQUEST_TOO_LARGE);
                return;
            }
            chain.doFilter(new RequestBody(request, body), response);
        } catch (InvalidRequest e) {
            problems.write(request, response, e);
        }
    }
}
