package build.leash.app.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Leash in a process of its own, that can be killed and stopped amid whatever it does. Each start is on another port. */
public final class LeashProcess implements AutoCloseable {

    private final Path dataDirectory;
    private final Path log;
    private final List<String> properties;
    private volatile int port;
    private volatile Process process;

    private LeashProcess(Path dataDirectory, Path log, List<String> properties) {
        this.dataDirectory = dataDirectory;
        this.log = log;
        this.properties = properties;
        start();
    }

    /** @param properties each as {@code name=value} */
    public static LeashProcess start(Path dataDirectory, Path log, String... properties) {
        return new LeashProcess(dataDirectory, log, List.of(properties));
    }

    public LeashClient client() {
        return LeashClient.to(baseUrl());
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What the present process has logged. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL, then a new start on the same data. */
    public void killAndRestart() {
        kill();
        start();
    }

    /** SIGSTOP: whatever it is doing, it does not learn that time passes. */
    public void pause() {
        Signals.stop(List.of(process.pid()));
    }

    /** SIGCONT. */
    public void resume() {
        Signals.goOn(List.of(process.pid()));
    }

    /** SIGKILL to the PostgreSQL server; Leash lives on and starts it again. */
    public void killPostgres() {
        try {
            long pid = Long.parseLong(Files.readAllLines(dataDirectory.resolve("pgdata/postmaster.pid")).getFirst());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops it in good order. */
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
                    "--server.port=0", "--leash.data-dir=" + dataDirectory));
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
