package build.leash.app.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM that runs {@link PostgresHolder}; killed when closed. */
final class ChildJvm implements AutoCloseable {

    static final String READY = "ready ";

    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private final Process process;

    private ChildJvm(Process process) {
        this.process = process;
    }

    static ChildJvm start(Path dataDirectory) throws IOException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PostgresHolder.class.getName(),
                dataDirectory.toString());
        return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits until the server is there and answers the postmaster's process id. */
    long awaitReady() throws IOException {
        List<String> output = new ArrayList<>();
        BufferedReader reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(READY)) {
                return Long.parseLong(line.substring(READY.length()));
            }
            output.add(line);
        }
        throw new AssertionError("The child JVM ended: " + String.join("\n", output));
    }

    void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    boolean endsWithin(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!endsWithin(END_LIMIT)) {
            throw new AssertionError("The child JVM " + process.pid() + " survives SIGKILL");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
