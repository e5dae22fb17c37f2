package build.leash.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.BesideOthers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is killed while the server runs: none is left over, and the next start succeeds. */
@BesideOthers
class KilledJvmTests {

    private static final Duration END_LIMIT = Duration.ofSeconds(15);

    @TempDir
    static Path dataDirectory;

    @BeforeAll
    static void createTheCluster() {
        EmbeddedPostgres.start(dataDirectory).close();
    }

    @AfterEach
    void startsAgainAndLeavesNoProcess() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDirectory)) {
            assertThat(new TestDatabase(postgres).answers()).isTrue();
        } finally {
            new LeftoverProcesses(dataDirectory).assertNoneRemain();
        }
    }

    @Test
    void theServerEndsWithAJvmThatIsKilled() throws Exception {
        try (ChildJvm jvm = ChildJvm.start(dataDirectory)) {
            long postmaster = jvm.awaitReady();
            jvm.kill();
            assertThat(Deadline.in(END_LIMIT).await(() -> isGone(postmaster))).isTrue();
        }
    }

    @Test
    void theNextStartNeedNotWaitForTheEndOfTheServer() throws Exception {
        try (ChildJvm jvm = ChildJvm.start(dataDirectory)) {
            jvm.awaitReady();
            jvm.kill();
        }
    }

    @Test
    void theServerEndsWithAJvmThatEndsInOrder() throws Exception {
        try (ChildJvm jvm = ChildJvm.start(dataDirectory)) {
            long postmaster = jvm.awaitReady();
            jvm.closeInput();
            assertThat(jvm.endsWithin(END_LIMIT)).isTrue();
            assertThat(isGone(postmaster)).isTrue();
        }
    }

    @Test
    void theNextStartEndsAServerWhoseGuardWasKilledToo() throws Exception {
        try (ChildJvm jvm = ChildJvm.start(dataDirectory)) {
            long postmaster = jvm.awaitReady();
            killGuards(postmaster);
            jvm.kill();
            assertThat(isGone(postmaster)).as("nobody told the postmaster").isFalse();
        }
    }

    @Test
    void theNextStartRecoversWhenThePostmasterWasKilledToo() throws Exception {
        try (ChildJvm jvm = ChildJvm.start(dataDirectory)) {
            long postmaster = jvm.awaitReady();
            ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
            jvm.kill();
        }
    }

    /** The guards have the shell's command line; the server's processes do not. */
    private static void killGuards(long postmaster) {
        new LeftoverProcesses(dataDirectory)
                .find().stream()
                .filter(process -> process.pid() != postmaster)
                .filter(process -> process.info().command().orElse("").endsWith("sh"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean isGone(long processId) {
        return ProcessHandle.of(processId).filter(ProcessHandle::isAlive).isEmpty();
    }
}
