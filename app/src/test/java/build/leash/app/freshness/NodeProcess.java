package build.leash.app.freshness;

import build.leash.app.support.LeashClient;
import build.leash.app.support.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own, on a database that outlives it. Can be killed and stopped in the middle of things. */
final class NodeProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private final Path folder;
    private final List<String> settings;
    private Process process;
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
            Files.deleteIfExists(log);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                    "build.leash.app.Leash", "--server.port=0", "--leash.data-dir=" + folder));
            command.addAll(settings);
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            Poll.until(START_LIMIT, "the node starts", () -> !process.isAlive() || STARTED.matcher(text(log)).find());
            Matcher started = STARTED.matcher(text(log));
            if (!started.find()) {
                throw new IllegalStateException("The node did not start:\n" + text(log));
            }
            client = LeashClient.to(URI.create("http://127.0.0.1:" + started.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
