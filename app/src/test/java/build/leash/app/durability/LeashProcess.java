package build.leash.app.durability;

import build.leash.app.support.LeashClient;
import build.leash.app.support.StartedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Leash in a process of its own, that can be killed. Keeps its port from one start to the next. */
final class LeashProcess implements AutoCloseable {

    private final Path dataDirectory;
    private final Path log;
    private final List<String> properties;
    private int port;
    private Process process;

    private LeashProcess(Path dataDirectory, Path log, List<String> properties) {
        this.dataDirectory = dataDirectory;
        this.log = log;
        this.properties = properties;
        start();
    }

    /** @param properties each as {@code name=value} */
    static LeashProcess start(Path dataDirectory, Path log, String... properties) {
        return new LeashProcess(dataDirectory, log, List.of(properties));
    }

    LeashClient client() {
        return LeashClient.to(URI.create("http://127.0.0.1:" + port));
    }

    /** What the present process has logged. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL, then a new start on the same data. */
    void killAndRestart() {
        process.destroyForcibly();
        process.onExit().join();
        start();
    }

    /** SIGKILL to the PostgreSQL server; Leash lives on and starts it again. */
    void killPostgres() {
        try {
            long pid = Long.parseLong(Files.readAllLines(dataDirectory.resolve("pgdata/postmaster.pid")).getFirst());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private void start() {
        try {
            Files.deleteIfExists(log);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), "build.leash.app.Leash",
                    "--server.port=" + port,
                    "--leash.data-dir=" + dataDirectory));
            properties.forEach(property -> command.add("--" + property));
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            port = StartedPort.of(process, log);
        } catch (RuntimeException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }
}
