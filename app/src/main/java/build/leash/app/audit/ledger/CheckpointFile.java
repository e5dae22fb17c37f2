package build.leash.app.audit.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file with the latest checkpoint, as {@code audit verify} reads it. Never replaced by one of fewer events. */
final class CheckpointFile implements CheckpointPlace {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);

    private final Path file;

    CheckpointFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public void keep(long size, String note) throws IOException {
        if (Files.exists(file) && !mayBeReplaced(size, note)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Path whole = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp");
        Files.writeString(whole, note);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String toString() {
        return file.toString();
    }

    @Override
    public OptionalLong largest() throws IOException {
        try {
            return OptionalLong.of(Files.exists(file) ? Checkpoint.parse(Files.readString(file)).size() : 0);
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }

    /** Another node may have been here with a later one. */
    private boolean mayBeReplaced(long size, String note) throws IOException {
        String kept = Files.readString(file);
        try {
            long keptSize = Checkpoint.parse(kept).size();
            if (keptSize == size && !kept.equals(note)) {
                LOG.error("The ledger is not the one that was kept: {} is another checkpoint of {} events", file, size);
            }
            return keptSize < size;
        } catch (IllegalArgumentException e) {
            LOG.error("{} is no checkpoint, and is not replaced", file);
            return false;
        }
    }
}
