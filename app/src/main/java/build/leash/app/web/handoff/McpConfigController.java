package build.leash.app.web.handoff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/integrations/mcp-config/{slug}} for the requests that {@link HandOffFilter} leaves to it: those that
 * need a closer look, at their path, their headers or what they accept.
 */
@RestController
class McpConfigController {

    private final HandOffAnswers answers;

    McpConfigController(HandOffAnswers answers) {
        this.answers = answers;
    }

    @GetMapping(path = HandOffFilter.PATH + "{slug}", produces = MediaType.APPLICATION_JSON_VALUE)
    void get(@PathVariable String slug, HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers.answer(request, response, slug);
    }
}
