package build.leash.app.audit.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file for each checkpoint: {@code 00000000000000001000.checkpoint} is of 1,000 events. None is ever replaced. */
final class CheckpointDirectory implements CheckpointPlace {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointDirectory.class);
    private static final String SUFFIX = ".checkpoint";

    private final Path directory;

    CheckpointDirectory(Path directory) {
        this.directory = directory;
    }

    @Override
    public void keep(long size, String note) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("%020d%s".formatted(size, SUFFIX));
        if (!isKept(file, note)) {
            LOG.error("The ledger is not the one that was kept: {} is another checkpoint of {} events", file, size);
        }
    }

    @Override
    public OptionalLong largest() throws IOException {
        if (!Files.exists(directory)) {
            return OptionalLong.of(0);
        }
        try (Stream<Path> files = Files.list(directory)) {
            return OptionalLong.of(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{20}\\.checkpoint"))
                    .mapToLong(name -> Long.parseLong(name.substring(0, name.length() - SUFFIX.length()))).max()
                    .orElse(0));
        }
    }

    @Override
    public String toString() {
        return directory.toString();
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
}
