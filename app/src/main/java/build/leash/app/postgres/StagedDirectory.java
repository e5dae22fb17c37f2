package build.leash.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that is filled under a temporary name beside its final place and renamed when complete, so that being
 * killed at any moment leaves it either absent or whole.
 *
 * <p>The caller holds the {@link DirectoryLock}; whatever carries a temporary name is therefore a leftover.
 */
final class StagedDirectory {

    private static final Logger log = LoggerFactory.getLogger(StagedDirectory.class);
    private static final Duration REMOVAL_LIMIT = Duration.ofSeconds(5);
    private static final String TEMPORARY = ".tmp-";

    private final Path target;
    private final Path parent;

    StagedDirectory(Path target) {
        this.target = target;
        this.parent = Objects.requireNonNull(target.getParent());
    }

    /** Fills a new, empty directory with mode 0700. */
    interface Content {
        void fill(Path directory) throws IOException;
    }

    /** Makes the directory unless it is there already. */
    void createOnce(Content content) {
        try {
            PrivateFiles.createDirectories(parent);
            removeLeftovers();
            if (!Files.exists(target)) {
                create(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + target, e);
        }
    }

    private void create(Content content) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + TEMPORARY + UUID.randomUUID());
        Files.createDirectory(temporary, PrivateFiles.directoryMode());
        content.fill(temporary);
        PrivateFiles.publish(temporary, target);
    }

    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(parent,
                target.getFileName() + TEMPORARY + "*")) {
            leftovers.forEach(StagedDirectory::remove);
        }
    }

    /** A program orphaned a moment ago may still write there until its guard ends it. */
    private static void remove(Path leftover) {
        if (!Deadline.in(REMOVAL_LIMIT).await(() -> tryRemove(leftover))) {
            log.warn("Leftover {} cannot be removed; the next start tries again", leftover);
        }
    }

    private static boolean tryRemove(Path leftover) {
        try {
            PrivateFiles.deleteTree(leftover);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
