package build.leash.app.dashboard.page;

import build.leash.app.web.RequestId;
import build.leash.app.web.error.ErrorCode;
import build.leash.app.web.error.Problem;
import build.leash.app.web.error.Violation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** What the API says as a problem document, said to a person: as a page, or as a message on the page that asked. */
@ControllerAdvice("build.leash.app.dashboard")
@Order(Ordered.HIGHEST_PRECEDENCE)
class DashboardErrors {

    private static final Logger LOG = LoggerFactory.getLogger(DashboardErrors.class);

    private final Assets assets;

    DashboardErrors(ResourceUrlProvider urls) {
        this.assets = new Assets(urls);
    }

    /**
     * The page of somebody who is a member no longer goes where it says so. An answer that is on its way already has its
     * connection broken, or its reader takes the part for the whole.
     */
    @ExceptionHandler
    ModelAndView handle(Exception thrown, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (response.isCommitted()) {
            throw thrown;
        }
        Problem problem = Problem.of(thrown, RequestId.of(request));
        if (problem.errorCode() == ErrorCode.INTERNAL_ERROR) {
            LOG.error("A page failed unexpectedly", thrown);
        }
        boolean fromPage = request.getHeader("HX-Request") != null;
        if (fromPage && problem.errorCode() == ErrorCode.API_KEY_REQUIRED) {
            response.setHeader("HX-Redirect", "/dashboard/organization");
            return new ModelAndView("fragments/nothing");
        }
        response.setStatus(problem.status());
        if (fromPage) {
            Outcome.failed(response, sentence(problem));
            return new ModelAndView("fragments/nothing");
        }
        return new ModelAndView("error", Map.of("assets", assets, "status", problem.status(), "title",
                problem.errorCode().title(), "sentence", sentence(problem), "action", problem.errorCode().action(),
                "requestId", problem.requestId()));
    }

    /** The page at the other end of a stream is gone; there is nobody to tell. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, AsyncRequestTimeoutException.class})
    void ended() {
        // nothing can be answered
    }

    /** With the first rule that was broken, if that is what it is about. */
    private static String sentence(Problem problem) {
        return problem.members().get("errors") instanceof List<?> errors && !errors.isEmpty()
                && errors.getFirst() instanceof Violation violation ? violation.message() : problem.error();
    }
}
