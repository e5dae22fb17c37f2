package build.leash.app.freshness;

import build.leash.app.support.LeashClient;
import build.leash.app.support.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node in a process of its own, on a database that outlives it. Can be killed and stopped in the middle of things. */
final class NodeProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final Path folder;
    private final List<String> settings;
    private volatile Process process;
    private volatile LeashClient client;

    /** @param settings each as {@code --name=value} */
    NodeProcess(Path folder, List<String> settings) {
        this.folder = folder;
        this.settings = List.copyOf(settings);
        start();
    }

    LeashClient client() {
        return client;
    }

    /** SIGKILL, then a new start on another port. */
    void killAndRestart() {
        process.destroyForcibly();
        process.onExit().join();
        start();
    }

    /** SIGSTOP: whatever it was doing, it does not know that time passes. */
    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    /** SIGKILL: a node has nothing to put in order. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void start() {
        Path log = folder.resolve("node.log");
        try {
            Files.createDirectories(folder);
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                    "build.leash.app.Leash", "--server.port=" + port, "--leash.data-dir=" + folder));
            command.addAll(settings);
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            LeashClient starting = LeashClient.to(URI.create("http://127.0.0.1:" + port));
            Poll.until(START_LIMIT, "the node starts", () -> !process.isAlive() || answers(starting));
            if (!process.isAlive()) {
                throw new IllegalStateException("The node did not start:\n" + Files.readString(log));
            }
            client = starting;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(LeashClient node) {
        try {
            return node.get("/actuator/health/liveness").send().status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
