package build.leash.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exclusive use of a data directory, freed by the kernel when the JVM ends in whatever way.
 *
 * <p>POSIX record locks belong to the process, and closing any descriptor of the file drops them all. Therefore a
 * second attempt inside the same JVM is refused before the file is opened, and nothing else may open it.
 */
final class DirectoryLock implements AutoCloseable {

    private static final Set<Path> HELD_BY_THIS_JVM = ConcurrentHashMap.newKeySet();
    private static final int MAX_OWNER_BYTES = 20;

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock at once or not at all.
     *
     * @throws EmbeddedPostgresException when this or another JVM holds it
     */
    static DirectoryLock take(Layout layout) {
        try {
            Path file = layout.root().toRealPath().resolve(layout.lock().getFileName());
            if (!HELD_BY_THIS_JVM.add(file)) {
                throw inUse(layout, Long.toString(ProcessHandle.current().pid()));
            }
            return lock(layout, file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock " + layout.lock(), e);
        }
    }

    private static DirectoryLock lock(Layout layout, Path file) throws IOException {
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = open(file);
            if (channel.tryLock() == null) {
                throw inUse(layout, readOwner(channel));
            }
            writeOwner(channel);
            taken = true;
            return new DirectoryLock(file, channel);
        } finally {
            if (!taken) {
                HELD_BY_THIS_JVM.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot release " + file, e);
        } finally {
            HELD_BY_THIS_JVM.remove(file);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PrivateFiles.fileMode());
    }

    private static EmbeddedPostgresException inUse(Layout layout, String owner) {
        return new EmbeddedPostgresException("The data directory " + layout.root() + " is in use by process " + owner
                + ". Stop that process, or give this one another leash.data-dir.");
    }

    private static String readOwner(FileChannel channel) throws IOException {
        ByteBuffer owner = ByteBuffer.allocate(MAX_OWNER_BYTES);
        channel.read(owner, 0);
        return StandardCharsets.US_ASCII.decode(owner.flip()).toString().strip();
    }

    private static void writeOwner(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
    }
}
