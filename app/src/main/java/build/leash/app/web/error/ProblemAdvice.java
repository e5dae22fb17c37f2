package build.leash.app.web.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns what comes out of a controller, or never reached one, into a problem document. */
@RestControllerAdvice
class ProblemAdvice {

    private final ProblemWriter problems;

    ProblemAdvice(ProblemWriter problems) {
        this.problems = problems;
    }

    /** When the answer is on its way already, the connection is to break, or its reader takes the part for the whole. */
    @ExceptionHandler
    void handle(Exception thrown, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            throw thrown;
        }
        ErrorCode code = springsOwn(thrown);
        if (code == null) {
            problems.write(request, response, thrown);
            return;
        }
        if (thrown instanceof ErrorResponse error) {
            keep(HttpHeaders.ALLOW, error, response);
            keep(HttpHeaders.ACCEPT, error, response);
        }
        problems.write(request, response, code);
    }

    private static @Nullable ErrorCode springsOwn(Exception thrown) {
        return switch (thrown) {
            case NoHandlerFoundException e -> ErrorCode.NOT_FOUND;
            case NoResourceFoundException e -> ErrorCode.NOT_FOUND;
            case HttpRequestMethodNotSupportedException e -> ErrorCode.METHOD_NOT_ALLOWED;
            case HttpMediaTypeNotSupportedException e -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case HttpMediaTypeNotAcceptableException e -> ErrorCode.NOT_ACCEPTABLE;
            default -> null;
        };
    }

    private static void keep(String header, ErrorResponse error, HttpServletResponse response) {
        String value = error.getHeaders().getFirst(header);
        if (value != null) {
            response.setHeader(header, value);
        }
    }
}
