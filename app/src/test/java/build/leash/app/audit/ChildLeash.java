package build.leash.app.audit;

import build.leash.app.Leash;
import build.leash.app.support.LeashClient;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.StartedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Leash in a process of its own, with little memory. */
public final class ChildLeash implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final Path out;
    private final Process process;
    private volatile long peakKilobytes;

    private ChildLeash(Path out, Process process) {
        this.out = out;
        this.process = process;
    }

    /**
     * On the database of a running one, but with no key of any key management service: its keyring is an empty one.
     *
     * @param folder where its data and its output go
     * @param heap as {@code -Xmx} has it
     */
    public static ChildLeash start(RunningLeash database, Path folder, String heap, String... arguments) {
        JdbcConnectionDetails details = database.bean(JdbcConnectionDetails.class);
        Map<String, String> environment = Map.of("SPRING_DATASOURCE_URL", details.getJdbcUrl(),
                "SPRING_DATASOURCE_USERNAME", details.getUsername(), "SPRING_DATASOURCE_PASSWORD",
                details.getPassword(), "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", "6", "LEASH_DATA_DIR",
                folder.resolve("data").toString(), "LEASH_AUDIT_SIGNING_KEY",
                database.dataDirectory().resolve("audit-signing-key").toString());
        return start(folder, environment, List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path"),
                Leash.class.getName()), arguments);
    }

    /**
     * The packaged product, with the embedded database.
     *
     * @param folder where its data and its output go
     */
    public static ChildLeash ofJar(Path jar, Path folder, String... arguments) {
        return start(folder, Map.of("LEASH_DATA_DIR", folder.resolve("data").toString()),
                List.of("-Xmx256m", "-jar", jar.toString()), arguments);
    }

    private static ChildLeash start(Path folder, Map<String, String> environment, List<String> what,
            String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(what);
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out-" + System.nanoTime());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        try {
            return new ChildLeash(out, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the exit code */
    public int awaitEnd() {
        Poll.until(LIMIT, "the command ends", () -> {
            notePeak();
            return !process.isAlive();
        });
        return process.exitValue();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String output() {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client, when it serves HTTP. */
    public LeashClient client() {
        return LeashClient.to(baseUrl());
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + StartedPort.of(process, out));
    }

    /** The most memory the process ever had, in megabytes, as the system counts it: heap, classes, threads and all. */
    public long peakMegabytes() {
        notePeak();
        return peakKilobytes / 1024;
    }

    private void notePeak() {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            if (peak.find()) {
                peakKilobytes = Math.max(peakKilobytes, Long.parseLong(peak.group(1)));
            }
        } catch (IOException ended) {
            // What was read before is what there is.
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
