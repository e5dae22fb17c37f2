package build.leash.app.web;

import build.leash.access.api.ApiKeys;
import build.leash.access.api.ManagementKey;
import build.leash.app.web.error.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody in under {@code /api/organization} without a management key or a session, and says who it is that came
 * in. A management key is taken at its word even if a session comes along.
 */
@Component
@Order(FilterOrder.MANAGEMENT_KEY)
class ManagementKeyFilter extends OncePerRequestFilter {

    private static final String PATH = "/api/organization";

    private final ApiKeys keys;
    private final RateLimit rateLimit;
    private final ProblemWriter problems;

    ManagementKeyFilter(ApiKeys keys, RateLimit rateLimit, ProblemWriter problems) {
        this.keys = keys;
        this.rateLimit = rateLimit;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath(); // decoded, as the controllers' paths are matched
        return !path.equals(PATH) && !path.startsWith(PATH + "/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (CurrentCaller.of(request).isPresent()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            ManagementKey key = keys.recognizeManagement(request.getHeader("X-API-Key"));
            rateLimit.use(key.id());
            CurrentCaller.set(request, key.as(RequestId.of(request)));
        } catch (RuntimeException e) {
            problems.write(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }
}
