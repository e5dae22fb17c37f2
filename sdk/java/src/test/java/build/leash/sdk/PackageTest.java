package build.leash.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackageTest {

    private static final int JAVA_17 = 61;
    private static final int MAJOR_VERSION = 7;

    @Test
    void everyClassRunsOnJava17() throws Exception {
        assertThat(classes()).isNotEmpty()
                .allSatisfy(file -> assertThat(Files.readAllBytes(file)[MAJOR_VERSION]).isEqualTo((byte) JAVA_17));
    }

    @Test
    void appsWithoutTheMcpClientCanDoWithoutIt() throws Exception {
        List<Path> classes = classes().stream().filter(file -> !file.getParent().endsWith("mcp")).toList();

        assertThat(classes).hasSizeGreaterThan(10).allSatisfy(file -> assertThat(
                new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("io/modelcontextprotocol", "reactor/", "org/slf4j"));
    }

    @Test
    void theProductIsNotNeeded() throws Exception {
        assertThat(classes()).allSatisfy(file -> assertThat(
                new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("org/springframework").doesNotContainPattern("build/leash/(?!sdk)"));
    }

    private static List<Path> classes() throws IOException, URISyntaxException {
        Path root = Path.of(Leash.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }
}
