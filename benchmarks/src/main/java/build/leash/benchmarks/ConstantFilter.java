package build.leash.benchmarks;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The same bytes by the servlet container alone, before any other filter: what Tomcat can do on this machine. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConstantFilter implements Filter {

    static final String PATH = "/benchmark/bytes";

    private static final byte[] ANSWER = Constant.BODY.getBytes(StandardCharsets.UTF_8);

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!((HttpServletRequest) request).getRequestURI().equals(PATH)) {
            chain.doFilter(request, response);
            return;
        }
        HttpServletResponse http = (HttpServletResponse) response;
        http.setContentType("application/json");
        http.setContentLength(ANSWER.length);
        http.getOutputStream().write(ANSWER);
    }
}
