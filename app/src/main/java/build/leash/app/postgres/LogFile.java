package build.leash.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What the server's programs print. One older file is kept; both are readable for the owner alone. */
record LogFile(Path path) {

    private static final long ROTATE_ABOVE_BYTES = 1L << 20;
    private static final int TAIL_BYTES = 2_000;

    /** Called before each start of the server, which holds the file open afterwards. */
    void prepare() {
        try {
            if (Files.exists(path) && Files.size(path) > ROTATE_ABOVE_BYTES) {
                Path older = path.resolveSibling(path.getFileName() + ".1");
                Files.move(path, older, StandardCopyOption.REPLACE_EXISTING);
            }
            PrivateFiles.createFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path, e);
        }
    }

    /** The last lines, for a message about a failed start. */
    String tail() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
            channel.read(bytes, Math.max(0, channel.size() - TAIL_BYTES));
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
        } catch (IOException e) {
            return "(" + path + " cannot be read: " + e.getMessage() + ")";
        }
    }
}
