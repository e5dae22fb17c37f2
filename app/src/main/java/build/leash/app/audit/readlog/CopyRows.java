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
 * Writes rows in PostgreSQL's binary format of {@code COPY} (section "Binary Format" of that statement's page), in which
 * the values need no escapes and the server parses nothing. Holds a small part of them at a time, however many they are.
 */
final class CopyRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final short END = -1;
    private static final int NULL = -1;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int BUFFER_BYTES = 32 * 1024;

    private final CopyIn copy;
    private final short columns;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    /**
     * To there.
     *
     * @param copy a {@code COPY … FROM STDIN (FORMAT BINARY)} under way
     * @param columns of each row
     */
    CopyRows(CopyIn copy, int columns) {
        this.copy = copy;
        this.columns = (short) columns;
        buffer.put(SIGNATURE).putInt(0).putInt(0); // no flags, and no further header
    }

    /** The next row. Its columns follow, each of them. */
    void begin() throws SQLException {
        room(Short.BYTES).putShort(columns);
    }

    /** A {@code timestamptz}, to the microsecond. */
    void time(Instant time) throws SQLException {
        sized(Long.BYTES).putLong(EPOCH.until(time, ChronoUnit.MICROS));
    }

    void uuid(UUID uuid) throws SQLException {
        sized(2 * Long.BYTES).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    /** An {@code integer}. */
    void number(int number) throws SQLException {
        sized(Integer.BYTES).putInt(number);
    }

    void text(@Nullable String text) throws SQLException {
        if (text == null) {
            room(Integer.BYTES).putInt(NULL);
        } else {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            sized(utf8.length).put(utf8);
        }
    }

    /** No row follows: they are in, if the transaction is committed. */
    void end() throws SQLException {
        room(Short.BYTES).putShort(END);
        send();
        long _ = copy.endCopy();
    }

    private ByteBuffer sized(int size) throws SQLException {
        return room(Integer.BYTES + size).putInt(size);
    }

    private ByteBuffer room(int needed) throws SQLException {
        if (buffer.remaining() < needed) {
            send();
        }
        if (buffer.capacity() < needed) {
            buffer = ByteBuffer.allocate(needed);
        }
        return buffer;
    }

    /** Sends what was written so far. */
    void flush() throws SQLException {
        send();
        copy.flushCopy();
    }

    private void send() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
