package build.leash.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Leash in a process of its own, with the heap that the figures are promised for. */
final class NodeUnderTest implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    /** As docs/operations.md says for a machine with two cores. */
    private static final List<String> SMALL = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(2);

    private final Process process;
    private final int port;
    private final Duration startTime;

    private NodeUnderTest(Process process, int port, Duration startTime) {
        this.process = process;
        this.port = port;
        this.startTime = startTime;
    }

    /** Leash with the floor beside it. */
    static NodeUnderTest withFloor(Path data, Path log, List<String> settings)
            throws IOException, InterruptedException {
        return start(List.of("-cp", System.getProperty("java.class.path"), LeashWithFloor.class.getName()), data, log,
                settings);
    }

    /**
     * Starts a node and waits until it answers.
     *
     * @param program for {@code java}: its options and what to run
     * @param settings of Leash
     */
    static NodeUnderTest start(List<String> program, Path data, Path log, List<String> settings)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(SMALL);
        command.addAll(program);
        command.addAll(List.of("--leash.data-dir=" + data, "--server.port=" + port,
                "--leash.rate-limit.requests-per-second=1000000", "--server.tomcat.max-keep-alive-requests=-1"));
        command.addAll(settings);
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        NodeUnderTest node = new NodeUnderTest(process, port, Duration.ZERO);
        while (!node.answers()) {
            if (!process.isAlive() || System.nanoTime() - begun > START_LIMIT.toNanos()) {
                process.destroyForcibly();
                throw new IllegalStateException("Leash did not start:\n" + Files.readString(log));
            }
            LockSupport.parkNanos(POLL);
        }
        return new NodeUnderTest(process, port, Duration.ofNanos(System.nanoTime() - begun));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int port() {
        return port;
    }

    /** From the start of the process to its first 200. */
    Duration startTime() {
        return startTime;
    }

    /** Resident memory of the JVM in MB (proc(5), {@code VmRSS}). */
    double residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", ""))).findFirst().orElseThrow() / 1024;
    }

    /**
     * What it holds on to.
     *
     * @param liveMegabytes of objects that a full collection left
     * @param threads platform threads
     * @param files open files and connections, those to the database among them
     */
    record Use(double liveMegabytes, double threads, double files) {}

    /** Collects all garbage first. */
    Use use() throws IOException, InterruptedException {
        String histogram = Programs.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process.pid()),
                "GC.class_histogram"), List.of());
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("jcmd said:\n" + histogram);
        }
        return new Use(Double.parseDouble(total.group(1)) / (1 << 20), entries("task"), entries("fd"));
    }

    private long entries(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/" + process.pid(), folder))) {
            return entries.count();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, STOP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
    }

    private boolean answers() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/docs/errors")).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
