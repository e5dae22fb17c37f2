package build.leash.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The processes that belong to a data directory, guards included. */
record LeftoverProcesses(Path dataDirectory) {

    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    List<ProcessHandle> find() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(this::belongsHere)
                .toList();
    }

    /** Backends name no directory on their command line, but work in the cluster. */
    private boolean belongsHere(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(dataDirectory.toString())
                || new Survivors(dataDirectory.resolve("pgdata")).livesHere(Path.of("/proc", "" + process.pid()));
    }

    /** Asserts that all end by themselves, and kills them when they do not. */
    void assertNoneRemain() {
        boolean ended = Deadline.in(END_LIMIT).await(() -> find().isEmpty());
        List<ProcessHandle> remaining = find();
        remaining.forEach(ProcessHandle::destroyForcibly);
        assertThat(ended).as("left over: %s", remaining).isTrue();
    }
}
