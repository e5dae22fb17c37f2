package build.leash.app.firstrun;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code first-run.json}, readable by its owner alone. Delete it once its contents are kept elsewhere. */
final class FirstRunFile {

    private static final String NAME = "first-run.json";
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path directory;

    FirstRunFile(Path directory) {
        this.directory = directory;
    }

    /** All in plain, so it does not print itself. */
    record Contents(String organization, String ownerEmail, String ownerPassword, String apiKey, String adminKey) {

        @Override
        public String toString() {
            return "Contents[…]";
        }
    }

    /** Writes the file, in whole and to the disk, in place of an earlier one. */
    Path write(Contents contents) {
        Path file = directory.resolve(NAME);
        Path draft = directory.resolve(NAME + ".draft");
        try {
            Files.deleteIfExists(draft);
            writeToDisk(draft, JSON.writeValueAsBytes(contents));
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static void writeToDisk(Path file, byte[] contents) throws IOException {
        try (FileChannel channel = FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(contents);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
