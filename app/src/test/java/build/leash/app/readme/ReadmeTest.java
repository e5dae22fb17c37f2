package build.leash.app.readme;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.RunningLeash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
    private static final int SECONDS_LIMIT = 60;

    @TempDir
    private Path directory;

    @Test
    void curlWalkWorksWhenPasted() throws IOException, InterruptedException {
        RunningLeash leash = RunningLeash.shared();
        Path script = Files.writeString(directory.resolve("walk.sh"), block("sh", "curl"));
        ProcessBuilder builder = new ProcessBuilder("bash", "-eu", script.toString()).redirectErrorStream(true);
        builder.environment().put("LEASH_PLATFORM_URL", leash.baseUrl().toString());
        builder.environment().put("LEASH_DATA_DIR", leash.dataDirectory().toString());
        Process walk = builder.start();
        String output = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(walk.waitFor(SECONDS_LIMIT, TimeUnit.SECONDS)).isTrue();
        List<String> answers = output.lines().toList();
        assertThat(answers).hasSize(5);
        assertThat(answers.get(0)).contains("\"slug\":\"intercom\"").doesNotContain("first-token");
        assertThat(answers.get(1)).contains("\"Authorization\":\"Bearer first-token\"", "\"version\":1");
        assertThat(answers.get(2)).contains("\"version\":2").doesNotContain("second-token");
        assertThat(answers.get(3)).contains("\"Authorization\":\"Bearer second-token\"", "\"version\":2");
        assertThat(answers.get(4)).contains("\"code\":\"unknown_mcp_server\"");
    }

    @Test
    void envWalkWorksWhenPastedAfterTheFirst() throws IOException, InterruptedException {
        RunningLeash leash = RunningLeash.shared();
        String variables = block("sh", "curl").lines().takeWhile(line -> !line.isEmpty())
                .collect(Collectors.joining("\n", "", "\n"));
        Path script = Files.writeString(directory.resolve("env.sh"), variables + block("sh", "secret-sources"));
        ProcessBuilder builder = new ProcessBuilder("bash", "-eu", script.toString()).redirectErrorStream(true);
        builder.environment().put("LEASH_PLATFORM_URL", leash.baseUrl().toString());
        builder.environment().put("LEASH_DATA_DIR", leash.dataDirectory().toString());
        Process walk = builder.start();
        String output = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(walk.waitFor(SECONDS_LIMIT, TimeUnit.SECONDS)).isTrue();
        List<String> answers = output.lines().toList();
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0)).contains("\"version\":1").doesNotContain("postgres");
        assertThat(answers.get(1)).contains("\"missing\":[]");
        assertThat(answers.get(2)).isEqualTo("{\"value\":\"postgres://db.internal/shop\"}");
    }

    @Test
    void nodeRouteIsTheCookbooks() throws IOException {
        String cookbook = Files.readString(ROOT.resolve("cookbook/node/cookbook.mjs"));

        assertThat(cookbook.lines().map(String::strip)).containsSequence(
                block("js", "mcp-config").lines().map(String::strip).toList());
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            List<String> links = LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)).toList();
            assertThat(links).as(page.toString())
                    .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")),
                    docs.filter(page -> page.toString().endsWith(".md"))).toList();
        }
    }

    private static String block(String language, String containing) throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve("README.md"))).results()
                .filter(block -> block.group(1).equals(language)).map(block -> block.group(2))
                .filter(text -> text.contains(containing)).findFirst().orElseThrow();
    }
}
