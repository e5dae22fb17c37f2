package build.leash.app.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks a {@code .txz} for the owner alone: execute bits and symbolic links are kept, group and others get nothing.
 * An entry, or the target of a link, that leads out of the directory fails the whole.
 */
final class TxzArchive {

    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_UNPACKED_BYTES = 512L << 20;
    private static final int OWNER_EXECUTES = 0100;

    private final Path root;
    private int entries;
    private long bytes;

    private TxzArchive(Path root) {
        this.root = root;
    }

    static void unpack(InputStream txz, Path directory) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(txz)))) {
            new TxzArchive(directory.toAbsolutePath().normalize()).unpackAll(tar);
        }
    }

    private void unpackAll(TarArchiveInputStream tar) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            count(entry);
            unpack(entry, tar);
        }
    }

    private void count(TarArchiveEntry entry) throws IOException {
        entries++;
        bytes += entry.getSize();
        if (entries > MAX_ENTRIES || bytes > MAX_UNPACKED_BYTES) {
            throw new IOException("The archive is larger than PostgreSQL ever was, after " + entries + " entries");
        }
    }

    private void unpack(TarArchiveEntry entry, InputStream content) throws IOException {
        Path path = inside(root.resolve(entry.getName()), entry);
        PrivateFiles.createDirectories(Objects.requireNonNull(path.getParent()));
        if (entry.isDirectory()) {
            PrivateFiles.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
            inside(path.resolveSibling(entry.getLinkName()), entry);
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (isRegularFile(entry)) {
            unpackFile(path, entry, content);
        } else {
            throw new IOException("Unexpected kind of archive entry: " + entry.getName());
        }
    }

    /** Stricter than {@link TarArchiveEntry#isFile()}, which takes pipes and devices for files. */
    private static boolean isRegularFile(TarArchiveEntry entry) {
        return entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    }

    private static void unpackFile(Path path, TarArchiveEntry entry, InputStream content) throws IOException {
        String mode = (entry.getMode() & OWNER_EXECUTES) != 0 ? "rwx------" : "rw-------";
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel file = FileChannel.open(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)))) {
            content.transferTo(Channels.newOutputStream(file));
            file.force(true);
        }
    }

    private Path inside(Path path, TarArchiveEntry entry) throws IOException {
        Path normalized = path.normalize();
        if (!normalized.startsWith(root)) {
            throw new IOException("The archive entry leads out of its directory: " + entry.getName());
        }
        return normalized;
    }
}
