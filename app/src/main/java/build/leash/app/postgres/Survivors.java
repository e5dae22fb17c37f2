package build.leash.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server processes of an earlier run that still live in a cluster: a postmaster on its way down, or backends whose
 * postmaster was killed and which keep the shared memory.
 *
 * <p>Every PostgreSQL process makes the cluster its working directory, so {@code /proc} tells them all. The caller
 * holds the {@link DirectoryLock}: nobody has a right to what is found.
 */
final class Survivors {

    private static final Logger log = LoggerFactory.getLogger(Survivors.class);
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

    /** Backends without a postmaster have nobody to report to; all but those in a long computation end at once. */
    private static final Duration ORPHANS_LIMIT = Duration.ofSeconds(2);

    private static final Duration KILL_LIMIT = Duration.ofSeconds(20);
    private static final String SERVER = "postgres";

    private final Path cluster;

    Survivors(Path cluster) {
        this.cluster = cluster;
    }

    /**
     * Answers when there are none: asks the postmaster for a fast shutdown, waits, and kills what remains. Afterwards
     * {@code postmaster.pid} means nothing, and is removed, for its process id may by now be a stranger's, on which
     * PostgreSQL would refuse to start.
     *
     * @throws EmbeddedPostgresException when some cannot be ended
     */
    void end() {
        PostmasterFile postmaster = PostmasterFile.in(cluster);
        List<Long> found = find();
        if (!found.isEmpty()) {
            log.info("Waiting for {} PostgreSQL processes of an earlier run to end", found.size());
            boolean orderly = found.stream().anyMatch(postmaster::names);
            found.stream().filter(postmaster::names).forEach(SystemPrograms::interrupt);
            awaitEndOrKill(orderly ? SHUTDOWN_LIMIT : ORPHANS_LIMIT);
        }
        postmaster.delete();
    }

    private void awaitEndOrKill(Duration grace) {
        if (Deadline.in(grace).await(() -> find().isEmpty())) {
            return;
        }
        log.warn("Killing PostgreSQL processes of an earlier run that did not end by themselves");
        if (!Deadline.in(KILL_LIMIT).await(this::killAll)) {
            throw new EmbeddedPostgresException("Processes of an earlier run still use " + cluster + ": " + find());
        }
    }

    private boolean killAll() {
        List<Long> found = find();
        found.forEach(processId -> ProcessHandle.of(processId).ifPresent(ProcessHandle::destroyForcibly));
        return found.isEmpty();
    }

    List<Long> find() {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (livesHere(process)) {
                    found.add(Long.valueOf(process.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the running processes", e);
        }
        return found;
    }

    /** Processes that end meanwhile, and those of other accounts, cannot be read: they are not ours. */
    boolean livesHere(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(cluster)
                    && isServer(Files.readSymbolicLink(process.resolve("exe")));
        } catch (IOException e) {
            return false;
        }
    }

    /** The kernel appends " (deleted)" to the name of a program that was removed meanwhile. */
    private static boolean isServer(Path program) {
        return program.getFileName().toString().startsWith(SERVER);
    }
}
