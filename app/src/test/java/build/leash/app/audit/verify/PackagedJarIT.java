package build.leash.app.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.audit.ChildLeash;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The jar as it is shipped, which is there only after the other tests: it serves, it exports, and then it verifies the
 * export in an empty directory, with neither server nor database.
 */
class PackagedJarIT {

    private static final Path JAR = Path.of(System.getProperty("leash.jar"));
    private static final String AUDIT = "/api/organization/audit";

    @TempDir
    private static Path directory;

    private static Path export;
    private static Path checkpoint;
    private static Path key;

    private record Outcome(int exitCode, List<String> lines) {}

    @BeforeAll
    static void exportEverything() throws IOException {
        try (ChildLeash leash = ChildLeash.ofJar(JAR, directory, "--server.port=0")) {
            LeashClient client = leash.client();
            String owner = JsonMapper.shared().readTree(directory.resolve("data/first-run.json").toFile())
                    .get("adminKey").stringValue();
            LeashAnswer registered = client.post("/api/organization/mcp-servers", """
                    {"slug": "one", "url": "https://mcp.example.com/one", "auth": {"type": "bearer", "token": "t"}}
                    """).key(owner).send();
            assertThat(registered.outcome()).isEqualTo("201");
            export = Files.writeString(directory.resolve("export.jsonl"),
                    client.get(AUDIT + "/export").key(owner).send().text());
            LeashAnswer latest = client.get(AUDIT + "/checkpoint").key(owner).send();
            checkpoint = Files.writeString(directory.resolve("checkpoint.txt"), latest.member("checkpoint"));
            key = Files.writeString(directory.resolve("key.txt"), latest.member("verifierKey") + "\n");
        }
    }

    @Test
    void verifiesWithNeitherServerNorDatabase() throws Exception {
        Outcome sound = verify(export);
        assertThat(sound.lines()).hasSize(1).first().asString().startsWith("Sound: ");
        assertThat(sound.exitCode()).isZero();

        List<String> lines = Files.readAllLines(export);
        int changed = lines.indexOf(lines.stream().filter(line -> line.contains("registry.mcp-server-registered"))
                .findFirst().orElseThrow());
        String position = lines.get(changed).replaceFirst(".*\"position\":(\\d+).*", "$1");
        lines.set(changed, lines.get(changed).replace("mcp.example.com", "mcp.example.org"));
        Outcome unsound = verify(Files.write(directory.resolve("changed.jsonl"), lines));
        assertThat(unsound.lines()).hasSize(1).first().asString().startsWith("position " + position + ": ")
                .contains("is not as it was sealed");
        assertThat(unsound.exitCode()).isEqualTo(1);

        assertThat(verify(directory.resolve("no-such-file")).exitCode()).isEqualTo(2);
    }

    private static Outcome verify(Path file) throws IOException, InterruptedException {
        Path empty = Files.createTempDirectory(directory, "empty");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-XX:TieredStopAtLevel=1", "-Duser.home=" + empty, "-jar", JAR.toString(), "audit", "verify",
                file.toString(), "--checkpoint", checkpoint.toString(),
                "--key", key.toString()));
        Process process = new ProcessBuilder(command).directory(empty.toFile()).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        try (Stream<Path> written = Files.list(empty)) {
            assertThat(written).isEmpty();
        }
        return new Outcome(process.exitValue(), lines);
    }
}
