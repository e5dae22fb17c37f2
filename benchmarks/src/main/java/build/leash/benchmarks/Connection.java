package build.leash.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A kept connection that does nothing but what is needed to time an answer. Opens anew what the server closed. */
final class Connection implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    private static final int LIMIT_MILLIS = 30_000;
    private static final int SUCCESS = 200;

    private final int port;
    private final byte[] buffer = new byte[BUFFER];
    private Socket socket;
    private InputStream in;
    private int length;

    Connection(int port) throws IOException {
        this.port = port;
        this.socket = open(port);
        this.in = socket.getInputStream();
    }

    /** Sends the request and reads the whole answer; its status. */
    int exchange(byte[] request) throws IOException {
        if (socket.isClosed()) {
            socket = open(port);
            in = socket.getInputStream();
        }
        socket.getOutputStream().write(request);
        int read = 0;
        int end;
        do {
            read += more(read);
            end = endOfHead(read);
        } while (end < 0);
        int body = contentLength(end);
        while (body < 0 ? !isLastChunk(read) : read < end + body) {
            read += more(read);
        }
        length = read;
        int status = (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + (buffer[11] - '0');
        if (status != SUCCESS && answer().toLowerCase(Locale.ROOT).contains("connection: close")) {
            socket.close();
        }
        return status;
    }

    /** The latest answer, whole. */
    String answer() {
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    private static Socket open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
        return socket;
    }

    private int more(int read) throws IOException {
        int more = in.read(buffer, read, buffer.length - read);
        if (more < 0) {
            throw new EOFException("The server closed the connection");
        }
        return more;
    }

    private boolean isLastChunk(int read) {
        return read >= 5 && buffer[read - 5] == '0' && buffer[read - 4] == '\r' && buffer[read - 3] == '\n'
                && buffer[read - 2] == '\r' && buffer[read - 1] == '\n';
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int endOfHead(int read) {
        for (int i = 3; i < read; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Negative if the body comes in chunks. */
    private int contentLength(int end) {
        String head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int at = head.indexOf("content-length:");
        if (at >= 0) {
            return Integer.parseInt(head.substring(at + 15, head.indexOf('\r', at)).strip());
        }
        return head.contains("chunked") ? -1 : 0;
    }
}
