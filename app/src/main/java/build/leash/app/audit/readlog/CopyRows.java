package build.leash.app.audit.readlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Rows in PostgreSQL's binary format of {@code COPY} (section "Binary Format" of that statement's page), in which the
 * values need no escapes and the server parses nothing. They are kept as the bytes that are sent: thousands of them are
 * then one array, which stays where it is, and not objects that each young collection has to copy.
 */
final class CopyRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NO_FLAGS = 0;
    private static final int NO_EXTENSION = 0;
    private static final int HEADER_BYTES = SIGNATURE.length + 2 * Integer.BYTES;
    private static final byte[] TRAILER = {-1, -1};
    private static final int NULL = -1;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int FIRST_BYTES = 64 * 1024;
    /** Room for some 10,000 rows of a usual size. More is given back: it was for a burst. */
    static final int KEPT_BYTES = 4 * 1024 * 1024;

    private final short columns;
    private ByteBuffer buffer = withHeader();

    /** @param columns of each row */
    CopyRows(int columns) {
        this.columns = (short) columns;
    }

    /** The next row. Its columns follow, each of them. */
    void begin() {
        room(Short.BYTES).putShort(columns);
    }

    /** A {@code timestamptz}, to the microsecond. */
    void time(Instant time) {
        sized(Long.BYTES).putLong(EPOCH.until(time, ChronoUnit.MICROS));
    }

    void uuid(UUID uuid) {
        sized(2 * Long.BYTES).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    /** An {@code integer}. */
    void number(int number) {
        sized(Integer.BYTES).putInt(number);
    }

    void text(@Nullable String text) {
        if (text == null) {
            room(Integer.BYTES).putInt(NULL);
        } else {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            sized(utf8.length).put(utf8);
        }
    }

    /** No row is left. The room that they took is kept for others, up to {@value #KEPT_BYTES} bytes. */
    void clear() {
        buffer = buffer.capacity() > KEPT_BYTES ? withHeader() : buffer.position(HEADER_BYTES);
    }

    /**
     * Sends the rows, the header before the first.
     *
     * @param sent how many bytes of them were sent to there before, 0 at first
     * @return how many are now
     */
    int sendTo(CopyIn copy, int sent) throws SQLException {
        if (sent < buffer.position()) {
            copy.writeToCopy(buffer.array(), sent, buffer.position() - sent);
            copy.flushCopy();
        }
        return buffer.position();
    }

    /** No row follows those that were sent: they are in, if the transaction is committed. */
    static void end(CopyIn copy) throws SQLException {
        copy.writeToCopy(TRAILER, 0, TRAILER.length);
        long _ = copy.endCopy();
    }

    private static ByteBuffer withHeader() {
        return ByteBuffer.allocate(FIRST_BYTES).put(SIGNATURE).putInt(NO_FLAGS).putInt(NO_EXTENSION);
    }

    private ByteBuffer sized(int size) {
        return room(Integer.BYTES + size).putInt(size);
    }

    private ByteBuffer room(int needed) {
        if (buffer.remaining() < needed) {
            buffer = ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + needed))
                    .put(buffer.flip());
        }
        return buffer;
    }
}
