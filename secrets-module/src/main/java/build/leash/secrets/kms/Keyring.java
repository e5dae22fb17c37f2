package build.leash.secrets.kms;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The local provider's key material: a file of mode 0600 with one line per key, {@code <name> <version> <base64>}. A
 * key is on disk before anything is encrypted under it; a line cut short by a crash was never used and is skipped.
 */
final class Keyring {

    private static final Set<StandardOpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.APPEND);
    private static final int FIELDS = 3;

    private final Path file;
    private final Map<String, byte[]> keys = new HashMap<>();

    Keyring(Path file) {
        this.file = file;
    }

    /** The key's material, if the file has it. */
    synchronized Optional<byte[]> find(String name, int version) {
        String id = id(name, version);
        if (!keys.containsKey(id)) {
            read();
        }
        return Optional.ofNullable(keys.get(id));
    }

    /** Adds a key unless the file has it already; two processes that try at once end up with the same one. */
    synchronized void addIfAbsent(String name, int version, byte[] material) {
        try (FileChannel channel = FileChannel.open(file, APPEND,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                FileLock lock = channel.lock()) {
            if (lock.isValid() && find(name, version).isEmpty()) {
                append(channel, id(name, version) + " " + Base64.getEncoder().encodeToString(material));
                keys.put(id(name, version), material.clone());
            }
        } catch (IOException e) {
            throw new KmsException("The keyring cannot be written: " + file, e);
        }
    }

    /** Begins with a line end, which closes a line that a crash cut short. */
    private static void append(FileChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(("\n" + line + " .\n").getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    private void read() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            Files.readAllLines(file, StandardCharsets.US_ASCII).forEach(this::readLine);
        } catch (IOException e) {
            throw new KmsException("The keyring cannot be read: " + file, e);
        }
    }

    private void readLine(String line) {
        List<String> fields = List.of(line.split(" "));
        boolean complete = fields.size() == FIELDS + 1 && fields.getLast().equals(".");
        if (complete) {
            keys.put(fields.get(0) + " " + fields.get(1), Base64.getDecoder().decode(fields.get(2)));
        }
    }

    private static String id(String name, int version) {
        return name + " " + version;
    }
}
