package build.leash.app.audit.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints in a directory that the database cannot reach: {@code 00000000000000001000.checkpoint} is of 1,000 events.
 * A copy is never replaced, so a database that was rewritten, or went back to an older backup, does not go unnoticed.
 */
final class CheckpointCopies {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointCopies.class);
    private static final String SUFFIX = ".checkpoint";

    private final @Nullable Path directory;
    private long kept = -1;

    CheckpointCopies(@Nullable Path directory) {
        this.directory = directory;
    }

    /** Keeps a checkpoint, and complains if those kept before do not go with it. */
    void keep(long size, String note) {
        if (directory == null || size == kept) {
            return;
        }
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve("%020d%s".formatted(size, SUFFIX));
            if (!isKept(file, note)) {
                LOG.error("The ledger is not the one that was kept: {} is another checkpoint of {} events", file, size);
            }
            complainIfSmallerThan(latestKept(), size);
            kept = size;
        } catch (IOException e) {
            LOG.error("A checkpoint cannot be kept in {}: {}", directory, e.getClass().getSimpleName());
        }
    }

    private static boolean isKept(Path file, String note) throws IOException {
        Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), "checkpoint", ".tmp");
        try {
            Files.writeString(whole, note);
            Files.createLink(file, whole);
            return true;
        } catch (FileAlreadyExistsException e) {
            return Files.readString(file).equals(note);
        } finally {
            Files.delete(whole);
        }
    }

    private void complainIfSmallerThan(long latest, long size) {
        if (latest > size) {
            LOG.error("The ledger has {} events, but a checkpoint of {} was kept in {}: is this an older backup?", size,
                    latest, directory);
        }
    }

    private long latestKept() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{20}\\.checkpoint"))
                    .mapToLong(name -> Long.parseLong(name.substring(0, name.length() - SUFFIX.length()))).max()
                    .orElse(0);
        }
    }
}
