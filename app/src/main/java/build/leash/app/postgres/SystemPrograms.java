package build.leash.app.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The operating system's own programs this package needs, and the account it runs as. */
final class SystemPrograms {

    static final String SHELL = "/bin/sh";

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
    private static final Integer ROOT = 0;

    /** What the JDK answers for the name of an account that has none. */
    private static final String UNKNOWN_NAME = "?";

    private SystemPrograms() {}

    static Optional<Path> find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * What to put before a PostgreSQL program, which refuses to run as root, and as an account without a name.
     *
     * <p>For these that is a user namespace without any mapping: the program sees itself, and every file of its
     * account, as the kernel's overflow user 65534, so PostgreSQL's checks of ownership hold, while for the kernel it
     * is still the same account and can read the data directory. It holds no capability outside of that namespace.
     *
     * @throws EmbeddedPostgresException when a user namespace is needed, but cannot be created here
     */
    static List<String> unprivileged() {
        if (!runsAsRoot() && !runsWithoutName()) {
            return List.of();
        }
        return find("unshare")
                .map(unshare -> List.of(unshare.toString(), "-U"))
                .filter(SystemPrograms::succeeds)
                .orElseThrow(() -> EmbeddedPostgresException.useExternal("PostgreSQL refuses to run as root or "
                        + "as an account without a name, and `unshare -U`, which helps, is missing or forbidden here. "
                        + "Run as an ordinary user."));
    }

    static void interrupt(long processId) {
        run(List.of(SHELL, "-c", "kill -INT \"$1\"", SHELL, Long.toString(processId)));
    }

    private static boolean runsAsRoot() {
        try {
            return ROOT.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return false;
        }
    }

    /** As containers do that are started with a bare number for a user. */
    private static boolean runsWithoutName() {
        return System.getProperty("user.name").equals(UNKNOWN_NAME);
    }

    private static boolean succeeds(List<String> prefix) {
        return run(Stream.concat(prefix.stream(), Stream.of(SHELL, "-c", ":")).toList());
    }

    private static boolean run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PROBE_LIMIT.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
