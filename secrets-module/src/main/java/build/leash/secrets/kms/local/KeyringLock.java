package build.leash.secrets.kms.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to change a keyring, held by one thread of one process at a time. The lock is on a file of its own beside
 * the keyring, because the keyring itself is replaced when a key is destroyed; the operating system drops it when the
 * process dies.
 */
final class KeyringLock implements AutoCloseable {

    static final FileAttribute<?> ONLY_FOR_US = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** File locks are held by the process; among its threads, these decide. One per keyring, so very few. */
    private static final ConcurrentMap<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel channel;
    private final FileLock lock;

    private KeyringLock(ReentrantLock threads, FileChannel channel, FileLock lock) {
        this.threads = threads;
        this.channel = channel;
        this.lock = lock;
    }

    /** Waits until nobody else has it. */
    static KeyringLock of(Path keyring) throws IOException {
        Path file = keyring.toAbsolutePath().normalize().resolveSibling(keyring.getFileName() + ".lock");
        ReentrantLock threads = IN_THIS_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
        threads.lock();
        try {
            FileChannel channel = FileChannel.open(file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ONLY_FOR_US);
            return new KeyringLock(threads, channel, locked(channel));
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    private static FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.lock();
        } catch (IOException | RuntimeException e) {
            try (channel) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        } finally {
            threads.unlock();
        }
    }
}
