package build.leash.app.web;

import build.leash.access.api.ApiKeys;
import build.leash.access.api.KnownKey;
import build.leash.access.api.ManagementKey;
import build.leash.access.api.Rejected;
import build.leash.app.audit.readlog.ReadKind;
import build.leash.app.audit.readlog.ReadLog;
import build.leash.app.web.error.ErrorCode;
import build.leash.app.web.error.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
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

    private static final String HEADER = "X-API-Key";

    private final ApiKeys keys;
    private final RateLimit rateLimit;
    private final ProblemWriter problems;
    private final ReadLog reads;

    ManagementKeyFilter(ApiKeys keys, RateLimit rateLimit, ProblemWriter problems, ReadLog reads) {
        this.keys = keys;
        this.rateLimit = rateLimit;
        this.problems = problems;
        this.reads = reads;
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
        String presented = request.getHeader(HEADER);
        KnownKey known;
        try {
            ManagementKey key = keys.recognizeManagement(presented);
            known = KnownKey.of(key);
            rateLimit.use(key.id());
            CurrentCaller.set(request, key.as(RequestId.of(request)));
        } catch (RuntimeException e) {
            problems.write(request, response, recorded(request, presented, e));
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_FORBIDDEN) {
            recordForbidden(request, response, known);
        } else {
            reads.used(request, known);
        }
    }

    /** What is answered: the refusal, or that it cannot be recorded. */
    private RuntimeException recorded(HttpServletRequest request, @Nullable String presented,
            RuntimeException refusal) {
        try {
            if (refusal instanceof Rejected) {
                keys.known(presented).ifPresent(
                        known -> reads.refused(request, ReadKind.MANAGEMENT, known, null, refusal));
            }
            return refusal;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private void recordForbidden(HttpServletRequest request, HttpServletResponse response, KnownKey key)
            throws IOException {
        try {
            reads.refused(request, ReadKind.MANAGEMENT, key, null,
                    new Rejected(ErrorCode.FORBIDDEN, ErrorCode.FORBIDDEN.title()));
        } catch (Rejected e) {
            problems.write(request, response, e);
        }
    }
}
