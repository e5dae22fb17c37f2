package build.leash.app.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How a child process ended. Its output goes through files rather than pipes: a child that writes more than a
 * pipe holds would otherwise block for ever, and a child that never ends would block the reader.
 */
public record ProcessOutcome(int exitCode, String stdout, String stderr) {

    private static final int MAX_OUTPUT_BYTES = 64 * 1024;

    /** Runs to the end, or kills the process and its children after {@code limit} and throws. */
    public static ProcessOutcome of(ProcessBuilder builder, Path directory, Duration limit) {
        try {
            Path out = Files.createTempFile(directory, "process-", ".out");
            Path err = Files.createTempFile(directory, "process-", ".err");
            try {
                Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
                process.getOutputStream().close();
                awaitEnd(process, limit, builder.command().getFirst());
                return new ProcessOutcome(process.exitValue(), read(out), read(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The outcome, unless the exit code tells of a failure. */
    public ProcessOutcome orThrow(String what) {
        if (exitCode != 0) {
            throw new IllegalStateException(
                    "%s ended with %d%n%s%n%s".formatted(what, exitCode, stdout, stderr));
        }
        return this;
    }

    private static void awaitEnd(Process process, Duration limit, String program) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(program + " did not end within " + limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + program, e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
        }
    }
}
