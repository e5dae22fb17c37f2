package build.leash.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that ends when this JVM does, SIGKILL included.
 *
 * <p>The shell below starts a guard and then becomes the program, which so is the JVM's own child and has its process
 * id. The guard waits for the end of a pipe only the JVM writes to: the kernel closes it when the JVM is gone. Then it
 * sends SIGINT, PostgreSQL's fast shutdown, and repeats it, because a program that has not yet come to its signal
 * handlers may miss the first. The guard is nobody's child, so that PostgreSQL does not wonder about it, and in a
 * session of its own, so that Ctrl-C on the terminal reaches the JVM alone.
 */
final class GuardedProcess {

    private static final String GUARD = """
            exec 3<&0 </dev/null
            ( {
                trap '' HUP INT TERM
                read -r ignored <&3
                tries=0
                while kill -INT $$ && [ $tries -lt 30 ]; do tries=$((tries + 1)); sleep 1; done
                [ $tries -lt 30 ] || kill -QUIT $$
            } 2>/dev/null & )
            exec 3<&- "$@"
            """;
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final Process process;

    private GuardedProcess(Process process) {
        this.process = process;
    }

    /** Starts a command in a directory, with an environment that holds nothing but {@code PATH} and the C locale. */
    static GuardedProcess start(List<String> command, Path directory, LogFile log) {
        log.prepare();
        List<String> guarded = new ArrayList<>();
        SystemPrograms.find("setsid").ifPresent(setsid -> guarded.add(setsid.toString()));
        guarded.addAll(List.of(SystemPrograms.SHELL, "-c", GUARD, SystemPrograms.SHELL));
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
        reduce(builder.environment());
        try {
            return new GuardedProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.getFirst(), e);
        }
    }

    private static void reduce(Map<String, String> environment) {
        environment.keySet().retainAll(List.of("PATH"));
        environment.put("LC_ALL", "C");
    }

    long processId() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitValue() {
        return process.exitValue();
    }

    void awaitExit() throws InterruptedException {
        process.waitFor();
    }

    /** Waits for the end whatever interrupts arrive meanwhile, and answers whether it came within the limit. */
    boolean awaitExit(Duration limit) {
        Deadline deadline = Deadline.in(limit);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets the guard end the program, and kills it when that takes longer than the grace. */
    void stop(Duration grace) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
        if (!awaitExit(grace)) {
            process.destroyForcibly();
            awaitExit(KILL_LIMIT);
        }
    }
}
