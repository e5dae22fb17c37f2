package build.leash.benchmarks;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A hand-off's answer, with nothing behind it. */
@RestController
class ConstantController {

    static final String PATH = "/benchmark/constant";

    private static final Answer ANSWER = new Answer(true, new Data("server-0", "server-0",
            "https://mcp.example.com/server-0", Map.of("Authorization", "Bearer " + DatasetLoader.TOKEN),
            "streamable-http", 1));

    record Answer(boolean success, Data data) {}

    record Data(String slug, String displayName, String url, Map<String, String> headers, String transport,
            long version) {}

    @GetMapping(PATH)
    Answer constant() {
        return ANSWER;
    }
}
