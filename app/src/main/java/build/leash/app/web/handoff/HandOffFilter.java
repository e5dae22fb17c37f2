package build.leash.app.web.handoff;

import build.leash.app.web.FilterOrder;
import build.leash.app.web.RequestId;
import build.leash.app.web.UnambiguousHeaders;
import build.leash.app.web.error.ProblemWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The way of a hand-off: past the filters and the controllers, of which it needs nothing. Takes what is plainly a
 * well-formed one and leaves everything else to them, so that every oddity is judged in one place.
 */
@Component
@Order(FilterOrder.HAND_OFF)
class HandOffFilter implements Filter {

    static final String PATH = "/api/integrations/mcp-config/";

    private static final int MAX_SLUG = 63;

    private final HandOffAnswers answers;
    private final ProblemWriter problems;
    private final Timer served;
    private final Timer turnedDown;

    HandOffFilter(HandOffAnswers answers, ProblemWriter problems, MeterRegistry meters) {
        this.answers = answers;
        this.problems = problems;
        this.served = timer(meters, "served");
        this.turnedDown = timer(meters, "turned-down");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        String slug = plainSlug(http);
        if (slug == null) {
            chain.doFilter(request, response);
        } else {
            answer(http, (HttpServletResponse) response, slug);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, String slug) throws IOException {
        long begun = System.nanoTime();
        String id = RequestId.of(request);
        response.setHeader(RequestId.HEADER, id);
        MDC.put(RequestId.MDC_KEY, id);
        Timer timer = served;
        try {
            answers.answer(request, response, slug);
        } catch (RuntimeException e) {
            timer = turnedDown;
            problems.write(request, response, e);
        } finally {
            MDC.remove(RequestId.MDC_KEY);
            timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }

    /** The slug; null if the request has to be looked at closer. */
    private static @Nullable String plainSlug(HttpServletRequest request) {
        String path = request.getRequestURI();
        boolean plain = path.startsWith(PATH) && request.getMethod().equals("GET") && request.getQueryString() == null
                && isPlain(path, PATH.length()) && acceptsJson(request) && UnambiguousHeaders.are(request);
        return plain ? path.substring(PATH.length()) : null;
    }

    private static boolean isPlain(String path, int from) {
        if (path.length() == from || path.length() > from + MAX_SLUG) {
            return false;
        }
        for (int i = from; i < path.length(); i++) {
            char c = path.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean acceptsJson(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept == null || accept.equals("*/*") || accept.equals("application/json");
    }

    private static Timer timer(MeterRegistry meters, String outcome) {
        return Timer.builder("leash.hand.off").tag("outcome", outcome).publishPercentileHistogram(false)
                .register(meters);
    }
}
