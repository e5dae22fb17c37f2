package build.leash.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the log is the source of can be made from it anew, by a query, so that an audit covers it. */
class RebuildsTest {

    private static final Path HOUSE = Path.of("..");
    /** Its rows say that something changed, not what. */
    private static final String NO_READ_MODEL = "RevisionProjection.java";
    private static final Pattern HANDLER = Pattern.compile("(?m)^ +@EventHandler\\R");
    private static final Pattern WRITTEN = Pattern.compile(
            "\\b(?:insert\\s+into|update|delete\\s+from)\\s+(\\w+\\.\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern REBUILT = Pattern.compile(
            "Rebuild\\.(?:view\\(|state\\(\\s*\"\\w+\",)\\s*\"(\\w+\\.\\w+)\"");
    /** What a migration says of such a table, in the comment above it. */
    private static final Pattern READ_MODEL = Pattern.compile(
            "(?m)^-- Read models? of the event log.*(?:\\n--.*)*\\ncreate table (\\w+\\.\\w+)");

    @Test
    void everyTableThatAProjectionWritesHasAQuery() {
        List<String> rebuilt = rebuilt();
        List<String> written = new ArrayList<>();
        for (Path source : files(".java")) {
            String text = text(source);
            if (HANDLER.matcher(text).find()) {
                List<String> tables = WRITTEN.matcher(text).results().map(match -> match.group(1)).distinct().toList();
                assertThat(tables).as("tables written by %s", source).satisfiesAnyOf(
                        some -> assertThat(some).isNotEmpty(),
                        none -> assertThat(source.getFileName()).hasToString(NO_READ_MODEL));
                assertThat(rebuilt).as("queries for %s", source).containsAll(tables);
                written.addAll(tables);
            }
        }
        assertThat(rebuilt).containsExactlyInAnyOrderElementsOf(written.stream().distinct().toList());
    }

    @Test
    void everyTableThatIsCalledAReadModelHasAQuery() {
        List<String> readModels = files(".sql").stream().map(RebuildsTest::text)
                .flatMap(text -> READ_MODEL.matcher(text).results()).map(match -> match.group(1)).toList();
        assertThat(readModels).hasSizeGreaterThan(4);
        assertThat(rebuilt()).containsAll(readModels);
    }

    private static List<String> rebuilt() {
        return files(".java").stream().map(RebuildsTest::text).flatMap(text -> REBUILT.matcher(text).results())
                .map(match -> match.group(1)).toList();
    }

    private static List<Path> files(String suffix) {
        try (Stream<Path> modules = Files.list(HOUSE)) {
            return modules.map(module -> module.resolve("src/main")).filter(Files::isDirectory)
                    .flatMap(RebuildsTest::walk).filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
