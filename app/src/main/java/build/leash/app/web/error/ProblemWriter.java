package build.leash.app.web.error;

import build.leash.app.web.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a request with a problem document, and logs what is our own fault. */
@Component
public class ProblemWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemWriter.class);
    private static final String AUTHENTICATE = "ApiKey header=\"X-API-Key\"";

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Writes the problem that this exception is. Does nothing if the answer is on its way already. */
    public void write(HttpServletRequest request, HttpServletResponse response, Throwable thrown) throws IOException {
        Problem problem = Problem.of(thrown, RequestId.of(request));
        if (problem.errorCode() == ErrorCode.INTERNAL_ERROR) {
            LOG.error("A request failed unexpectedly", thrown);
        } else if (problem.errorCode() == ErrorCode.STORAGE_UNAVAILABLE) {
            LOG.warn("The storage is unavailable: {}", thrown.toString());
        }
        write(response, problem);
    }

    public void write(HttpServletRequest request, HttpServletResponse response, ErrorCode code) throws IOException {
        write(response, Problem.of(code, RequestId.of(request)));
    }

    private void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader(RequestId.HEADER, problem.requestId());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, AUTHENTICATE);
        }
        Object retryAfter = problem.members().get(Problem.RETRY_AFTER);
        if (retryAfter != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        }
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
