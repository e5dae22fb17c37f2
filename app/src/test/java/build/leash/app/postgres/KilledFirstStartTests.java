package build.leash.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.BesideOthers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kill at any moment of the first start leaves nothing half done. */
@BesideOthers
class KilledFirstStartTests {

    @TempDir
    static Path unpacked;

    @TempDir
    Path dataDirectory;

    @BeforeAll
    static void unpackTheBinaries() {
        EmbeddedPostgres.start(unpacked).close();
    }

    @AfterEach
    void noProcessIsLeftOver() {
        new LeftoverProcesses(dataDirectory).assertNoneRemain();
        new LeftoverProcesses(unpacked).assertNoneRemain();
    }

    @ParameterizedTest
    @ValueSource(longs = {300, 1_200})
    void whileUnpacking(long millis) throws Exception {
        killAfter(millis);

        assertStarts();
    }

    @ParameterizedTest
    @ValueSource(longs = {350, 450, 750, 1_000})
    void whileCreatingTheCluster(long millis) throws Exception {
        Path link = dataDirectory.resolve("postgres");
        Files.createSymbolicLink(link, unpacked.resolve("postgres"));

        killAfter(millis);

        assertStarts();
        Files.delete(link);
    }

    private void killAfter(long millis) throws Exception {
        try (ChildJvm jvm = ChildJvm.start(dataDirectory)) {
            jvm.endsWithin(Duration.ofMillis(millis));
            jvm.kill();
        }
    }

    private void assertStarts() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDirectory)) {
            assertThat(new TestDatabase(postgres).answers()).isTrue();
        }
        assertThat(dataDirectory).isDirectoryNotContaining(path -> path.getFileName().toString().contains("tmp"));
    }
}
