package build.leash.app.web.error;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Tomcat answers to a request that it does not let in, for example one with a malformed request line or path: a
 * problem document like every other, in place of Tomcat's page.
 */
public final class TomcatErrors extends ErrorReportValve {

    private final JsonMapper json = JsonMapper.builder().build();

    @Override
    @SuppressWarnings("NullAway") // throwable is null where there is none
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        boolean nothingToReport = response.getStatus() < 400 || response.getContentWritten() > 0
                || !response.setErrorReported();
        if (nothingToReport) {
            return;
        }
        try {
            write(response);
        } catch (IOException | RuntimeException e) {
            ExceptionUtils.handleThrowable(e);
        }
    }

    private void write(Response response) throws IOException {
        String requestId = UUID.randomUUID().toString();
        Problem problem = Problem.of(code(response.getStatus()), requestId);
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(problem.status());
        response.setHeader("X-Request-Id", requestId);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getOutputStream().write(body);
        response.finishResponse();
    }

    /** Transfer encodings and versions of HTTP that there are not are 501 and 505 to Tomcat, but the caller's fault. */
    static ErrorCode code(int status) {
        return switch (status) {
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 413, 414, 431 -> ErrorCode.REQUEST_TOO_LARGE;
            case 501, 505 -> ErrorCode.INVALID_REQUEST;
            default -> status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL_ERROR;
        };
    }
}
