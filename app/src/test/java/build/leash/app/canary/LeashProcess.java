package build.leash.app.canary;

import build.leash.app.Leash;
import build.leash.app.support.LeashClient;
import build.leash.app.support.StartedPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The application in a JVM of its own, as an operator starts it who wants to see everything: the root logger at DEBUG
 * from the first line on, into a file and to the console, and every management endpoint.
 */
final class LeashProcess implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    /** By itself the log is rolled over at 10 MB, and what it was would be packed. */
    private static final String IN_ONE_FILE = "--logging.logback.rollingpolicy.max-file-size=1GB";

    private final Path folder;
    private final Process process;
    private final LeashClient client;

    private LeashProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.client = LeashClient.of(URI.create("http://127.0.0.1:" + StartedPort.of(process, folder.resolve("out"))));
    }

    static LeashProcess start(Path folder) throws IOException {
        List<String> command = List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Leash.class.getName(),
                "--server.port=0",
                "--leash.data-dir=" + folder.resolve("data"), "--logging.level.root=debug",
                "--logging.file.name=" + folder.resolve("leash.log"), IN_ONE_FILE,
                "--management.endpoints.web.exposure.include=*");
        Process process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile()).start();
        try {
            return new LeashProcess(folder, process);
        } catch (RuntimeException | Error e) {
            process.destroy();
            throw e;
        }
    }

    LeashClient client() {
        return client;
    }

    Path dataDirectory() {
        return folder.resolve("data");
    }

    /** The log file and what went to the console. */
    List<Path> logs() {
        return List.of(folder.resolve("leash.log"), folder.resolve("out"), folder.resolve("err"));
    }

    /** Stops it in good order, so that everything is on disk. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("The application did not stop within " + STOP_LIMIT);
        }
    }
}
