package build.leash.app.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.Leash;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An auditor on a node that has no key which opens a secret, and then the verifier in a process of its own, in an empty
 * directory, with neither server nor database.
 */
class AuditorWithoutKeysTest {

    private static final String AUDIT = "/api/organization/audit";

    @TempDir
    private static Path directory;

    private static RunningLeash node;
    private static TestOrganization organization;
    private static String auditor;
    private static Path export;
    private static Path checkpoint;
    private static Path key;

    private record Outcome(int exitCode, List<String> lines) {}

    @BeforeAll
    static void exportEverything() throws IOException {
        RunningLeash leash = RunningLeash.shared();
        organization = leash.founds();
        organization.register("one", "token");
        auditor = organization.managementKey(Role.AUDITOR);
        node = leash.node("leash.kms.local.keyring=" + directory.resolve("no-such-keyring"),
                "leash.audit.signing-key=" + leash.dataDirectory().resolve("audit-signing-key"));
        export = Files.writeString(directory.resolve("export.jsonl"), get("/export").text());
        LeashAnswer latest = get("/checkpoint");
        checkpoint = Files.writeString(directory.resolve("checkpoint.txt"), latest.member("checkpoint"));
        key = Files.writeString(directory.resolve("key.txt"), latest.member("verifierKey") + "\n");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/reads", "/export?format=cloudevents", "/replay",
            "/state?at=2200-01-01T00:00:00Z", "/changes?from=2020-01-01T00:00:00Z&to=2200-01-01T00:00:00Z"})
    void mayReadEverythingWithoutAKeyThatOpensASecret(String path) {
        assertThat(node.client().get("/api/integrations/mcp-config/one").key(organization.appKey()).send().outcome())
                .isEqualTo("503 secrets_unavailable");
        assertThat(get(path).outcome()).isEqualTo("200");
        String id = get("/events?limit=1").json().at("/items/0/id").stringValue();
        assertThat(get("/events/" + id).outcome()).isEqualTo("200");
    }

    @Test
    void verifiesInAProcessWithNeitherServerNorDatabase() throws Exception {
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
                "-XX:TieredStopAtLevel=1", "-Duser.home=" + empty, "-cp", System.getProperty("java.class.path"),
                Leash.class.getName(), "audit", "verify", file.toString(), "--checkpoint", checkpoint.toString(),
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

    private static LeashAnswer get(String path) {
        return node.client().get(AUDIT + path).key(auditor).send();
    }
}
