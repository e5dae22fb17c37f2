package build.leash.app.mcp;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether this machine can run the TypeScript client. Without Node a developer may still run all other tests, and
 * reads why these were skipped; the build server may not, since a skip there would look like a proof.
 */
public final class NodeRuntime {

    private static final int OLDEST_NODE = 20;
    private static final Duration VERSION_LIMIT = Duration.ofSeconds(20);
    private static final Pattern MAJOR_VERSION = Pattern.compile("v?(\\d{1,4})\\..*", Pattern.DOTALL);
    private static final boolean AVAILABLE = majorVersion("node") >= OLDEST_NODE && majorVersion("npm") > 0;

    private NodeRuntime() {}

    static boolean available() {
        return AVAILABLE;
    }

    /** Skips or fails the calling test. A skip goes to the console too, where Surefire gives only its number. */
    public static void require() {
        require(AVAILABLE, "true".equalsIgnoreCase(System.getenv("CI")));
    }

    static void require(boolean available, boolean buildServer) {
        String reason = "Node %d or later and npm must be on the PATH to run the official TypeScript MCP client"
                .formatted(OLDEST_NODE);
        if (!available && buildServer) {
            fail(reason + ": CI=true, so this is a failure and no skip");
        }
        if (!available) {
            System.err.println("SKIPPED: " + reason);
            abort(reason + ": SKIPPED on this machine");
        }
    }

    private static int majorVersion(String program) {
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(program, "--version"));
            Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
            Matcher version = MAJOR_VERSION.matcher(ProcessOutcome.of(builder, scratch, VERSION_LIMIT).stdout());
            return version.matches() ? Integer.parseInt(version.group(1)) : 0;
        } catch (UncheckedIOException notInstalled) {
            return 0;
        }
    }
}
