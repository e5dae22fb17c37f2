package build.leash.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/** What has come of an answer so far. Nothing is made of it but what says whether it is whole. */
final class Answer {

    private static final int MAX_BYTES = 64 * 1024;
    private static final int UNKNOWN = -1;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final byte[] array = new byte[MAX_BYTES];
    private final ByteBuffer bytes = ByteBuffer.wrap(array);
    private int head = UNKNOWN;
    private int body = UNKNOWN;

    /** Takes more of it, waiting for that. */
    void readMore(InputStream in) throws IOException {
        int more = in.read(array, bytes.position(), bytes.remaining());
        mustBeOpen(more);
        bytes.position(bytes.position() + more);
    }

    /** Takes more of it, if there is more. */
    void readMore(ReadableByteChannel channel) throws IOException {
        mustBeOpen(channel.read(bytes));
    }

    private static void mustBeOpen(int read) throws EOFException {
        if (read < 0) {
            throw new EOFException("The server closed the connection");
        }
    }

    /** Forgets it, for the next. */
    void clear() {
        bytes.clear();
        head = UNKNOWN;
        body = UNKNOWN;
    }

    boolean isWhole() {
        if (head == UNKNOWN) {
            head = endOfHead();
            if (head == UNKNOWN) {
                return false;
            }
            body = contentLength();
        }
        return body == UNKNOWN
                ? matches(LAST_CHUNK, bytes.position() - LAST_CHUNK.length)
                : bytes.position() >= head + body;
    }

    /** Of a whole one. */
    int status() {
        return 100 * digit(9) + 10 * digit(10) + digit(11);
    }

    String text() {
        return new String(array, 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private int endOfHead() {
        for (int i = 4; i <= bytes.position(); i++) {
            if (array[i - 1] == '\n' && array[i - 2] == '\r' && array[i - 3] == '\n') {
                return i;
            }
        }
        return UNKNOWN;
    }

    /** Of the body in bytes; unknown if it comes in chunks. */
    private int contentLength() {
        for (int i = 0; i < head; i++) {
            if (array[i] == '\n') {
                if (matches(LENGTH, i + 1)) {
                    return number(i + 1 + LENGTH.length);
                }
                if (matches(CHUNKED, i + 1)) {
                    return UNKNOWN;
                }
            }
        }
        return 0;
    }

    private int number(int from) {
        int number = 0;
        for (int i = from; array[i] != '\r'; i++) {
            if (array[i] != ' ') {
                number = 10 * number + digit(i);
            }
        }
        return number;
    }

    private int digit(int at) {
        return array[at] - '0';
    }

    /** Whether this stands there, in whatever case. */
    private boolean matches(byte[] lowerCase, int at) {
        if (at < 0 || at + lowerCase.length > bytes.position()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            byte here = array[at + i];
            if (lowerCase[i] != (here >= 'A' && here <= 'Z' ? here + ('a' - 'A') : here)) {
                return false;
            }
        }
        return true;
    }
}
