package build.leash.app.audit.export;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import build.leash.app.mcp.ProcessOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The program {@code jq}. Without it a developer's test is skipped, loudly; the build server's fails. */
final class Jq {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Jq() {}

    /** What it prints for a file. */
    static String run(Path file, String... arguments) {
        List<String> command = new ArrayList<>(List.of("jq"));
        command.addAll(List.of(arguments));
        command.add(file.toString());
        ProcessOutcome outcome = ProcessOutcome.of(new ProcessBuilder(command), file.getParent(), LIMIT);
        if (outcome.exitCode() != 0) {
            throw new AssertionError("jq says: " + outcome.stderr());
        }
        return outcome.stdout();
    }

    static void require() {
        try {
            new ProcessBuilder("jq", "--version").start().onExit().join();
        } catch (IOException notInstalled) {
            String reason = "jq must be on the PATH to open an export with it";
            if ("true".equalsIgnoreCase(System.getenv("CI"))) {
                fail(reason + ": CI=true, so this is a failure and no skip");
            }
            System.err.println("SKIPPED: " + reason);
            abort(reason + ": SKIPPED on this machine");
        }
    }
}
