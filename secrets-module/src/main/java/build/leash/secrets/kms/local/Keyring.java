package build.leash.secrets.kms.local;

import build.leash.secrets.kms.KeyState;
import build.leash.secrets.kms.KmsUnreachable;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local provider's key material: a file of mode 0600 with one {@link KeyringLine} per version.
 *
 * <p>
 * A key is on disk before anything is encrypted under it; a line cut short by a crash was never used and is skipped.
 * Destroying replaces the whole file by one without the material (written beside it, synced, renamed over it, and the
 * directory synced), so that a kill at any moment leaves either the old file or the new one. Material stays in memory
 * for one call only: every look-up reads the file.
 */
final class Keyring {

    private static final Logger LOG = LoggerFactory.getLogger(Keyring.class);

    private static final Set<StandardOpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.APPEND);
    private static final Set<StandardOpenOption> REPLACE = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);

    private static final int FIRST_VERSION = 1;

    private final Path file;
    private final Path replacement;

    Keyring(Path file) {
        this.file = file.toAbsolutePath();
        this.replacement = this.file.resolveSibling(file.getFileName() + ".new");
    }

    /** The key's versions, the newest first; none if the file does not have it. */
    List<KeyringLine> versions(String name) {
        try {
            return versionsIn(read(), name);
        } catch (IOException | IllegalArgumentException e) {
            throw failed("read", e);
        }
    }

    /** Adds a first version unless the key is there; two processes that try at once end up with the same one. */
    void addIfAbsent(String name, byte[] material) {
        changeExclusively(lines -> {
            if (versionsIn(lines, name).isEmpty()) {
                append(KeyringLine.enabled(name, FIRST_VERSION, material));
            }
            return FIRST_VERSION;
        });
    }

    /** Adds a version to a key, and answers its number. */
    int addVersion(String name, byte[] material) {
        return changeExclusively(lines -> {
            int version = versionsIn(lines, name).getFirst().version() + 1;
            append(KeyringLine.enabled(name, version, material));
            return version;
        });
    }

    /** Replaces every line of the key that the change touches. Destroyed lines stay as they are. */
    void change(String name, UnaryOperator<KeyringLine> change) {
        changeExclusively(lines -> {
            List<KeyringLine> changed = lines.stream()
                    .map(line -> line.name().equals(name) && line.state() != KeyState.DESTROYED
                            ? change.apply(line)
                            : line)
                    .toList();
            if (!List.copyOf(lines).equals(changed)) {
                replace(changed);
            }
            return changed.size();
        });
    }

    private interface Change {
        int apply(Collection<KeyringLine> lines) throws IOException;
    }

    @CanIgnoreReturnValue
    private int changeExclusively(Change change) {
        try (KeyringLock _ = KeyringLock.of(file)) {
            Files.deleteIfExists(replacement);
            return change.apply(read());
        } catch (IOException | IllegalArgumentException e) {
            throw failed("written", e);
        }
    }

    private Collection<KeyringLine> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        Map<String, KeyringLine> byId = Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
                .flatMap(line -> KeyringLine.parse(line).stream()).collect(Collectors.toMap(KeyringLine::id,
                        Function.identity(), (earlier, later) -> later, LinkedHashMap::new));
        return byId.values();
    }

    private static List<KeyringLine> versionsIn(Collection<KeyringLine> lines, String name) {
        return lines.stream().filter(line -> line.name().equals(name))
                .sorted((one, other) -> Integer.compare(other.version(), one.version())).toList();
    }

    /** Begins with a line end, which closes a line that a crash cut short. */
    private void append(KeyringLine line) throws IOException {
        boolean isNew = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(file, APPEND, KeyringLock.ONLY_FOR_US)) {
            write(channel, "\n" + line.text() + "\n");
        }
        if (isNew) {
            syncDirectory();
        }
    }

    private void replace(Collection<KeyringLine> lines) throws IOException {
        try (FileChannel channel = FileChannel.open(replacement, REPLACE, KeyringLock.ONLY_FOR_US)) {
            write(channel, lines.stream().map(line -> line.text() + "\n").collect(Collectors.joining()));
        }
        Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    private void syncDirectory() throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Where the file is, and what is wrong with it, is for operators: what is thrown is told to owners too. */
    private KmsUnreachable failed(String what, Exception cause) {
        LOG.error("The keyring {} cannot be {}: {}", file, what,
                cause instanceof IOException ? cause.toString() : "a line of it is malformed");
        return new KmsUnreachable(KmsUnreachable.Reason.FAILED, "The keyring cannot be " + what);
    }
}
