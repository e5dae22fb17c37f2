package build.leash.app.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts PostgreSQL's programs, never as root, with their output in the log file. */
record ServerPrograms(Binaries binaries, List<String> unprivileged, LogFile log) {

    GuardedProcess start(String program, Path directory, String... arguments) {
        List<String> command = new ArrayList<>(unprivileged);
        command.add(binaries.program(program).toString());
        command.addAll(List.of(arguments));
        return GuardedProcess.start(command, directory, log);
    }

    String logTail() {
        return log.tail();
    }
}
