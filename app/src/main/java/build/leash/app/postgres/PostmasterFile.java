package build.leash.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The server's own status file {@code postmaster.pid}: the process id on its first line, the status on its eighth.
 *
 * @see <a href="https://www.postgresql.org/docs/18/storage-file-layout.html">Database File Layout</a>
 */
record PostmasterFile(Path path) {

    private static final int PROCESS_ID_LINE = 0;
    private static final int STATUS_LINE = 7;
    private static final String READY = "ready";

    static PostmasterFile in(Path cluster) {
        return new PostmasterFile(cluster.resolve("postmaster.pid"));
    }

    /** Whether this very process has written that it accepts connections. */
    boolean saysReady(long processId) {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE
                && names(processId, lines)
                && lines.get(STATUS_LINE).strip().equals(READY);
    }

    boolean names(long processId) {
        return names(processId, lines());
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the stale " + path, e);
        }
    }

    private static boolean names(long processId, List<String> lines) {
        return !lines.isEmpty() && lines.get(PROCESS_ID_LINE).strip().equals(Long.toString(processId));
    }

    /** The file comes, grows and goes while it is read: not there reads as empty. */
    private List<String> lines() {
        try {
            return Files.readAllLines(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
