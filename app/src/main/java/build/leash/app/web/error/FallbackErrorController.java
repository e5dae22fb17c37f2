package build.leash.app.web.error;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.BadRequestException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers for what failed outside the controllers, in a filter or while a response was written. */
@RestController
class FallbackErrorController implements ErrorController {

    private final ProblemWriter problems;

    FallbackErrorController(ProblemWriter problems) {
        this.problems = problems;
    }

    @RequestMapping("/error")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof BadRequestException) {
            problems.write(request, response,
                    new InvalidRequest("", "The body arrives in whole, in the form that the headers announce."));
        } else if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            problems.write(request, response, thrown);
        } else if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                && status >= 400 && status < 500) {
            problems.write(request, response, TomcatErrors.code(status));
        } else {
            problems.write(request, response, ErrorCode.NOT_FOUND);
        }
    }
}
