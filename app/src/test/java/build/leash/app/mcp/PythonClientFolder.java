package build.leash.app.mcp;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A virtual environment in the build folder that holds the official Python client from PyPI; made once per build and
 * list of requirements. Where Python, its {@code venv} or PyPI is not to be had, what needs it is skipped, and the
 * console says so.
 */
public final class PythonClientFolder {

    private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path FOLDER = MODULE.resolve("target/python-client");
    private static final Path REQUIREMENTS = MODULE.resolve("src/test/resources/python/requirements.txt");
    private static final Path MARKER = FOLDER.resolve("installed.txt");
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(2);

    private PythonClientFolder() {}

    /** The interpreter that finds the client; or the calling test ends here, as skipped. */
    public static synchronized Path python() {
        Path python = FOLDER.resolve("bin/python");
        try {
            String wanted = Files.readString(REQUIREMENTS);
            if (!Files.exists(MARKER) || !Files.readString(MARKER).equals(wanted)) {
                Files.createDirectories(FOLDER);
                run("python3", "-m", "venv", "--clear", FOLDER.toString());
                run(python.toString(), "-m", "pip", "install", "--quiet", "--no-cache-dir",
                        "--disable-pip-version-check",
                        "--retries", "1", "--timeout", "10", "--requirement", REQUIREMENTS.toString());
                Files.writeString(MARKER, wanted);
            }
            return python;
        } catch (IllegalStateException | UncheckedIOException | IOException e) {
            String reason = "The official Python MCP client cannot be installed here, so its snippets do not run: "
                    + e.getMessage();
            System.err.println("SKIPPED: " + reason);
            return abort(reason);
        }
    }

    private static void run(String... command) {
        ProcessOutcome.of(new ProcessBuilder(List.of(command)), MODULE.resolve("target"), INSTALL_LIMIT)
                .orThrow(command[0]);
    }
}
