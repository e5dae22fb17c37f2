package build.leash.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/** A kept connection that does nothing but what is needed to time an answer. Opens anew what the server closed. */
final class Connection implements AutoCloseable {

    private static final int LIMIT_MILLIS = 30_000;
    private static final int SUCCESS = 200;

    private final int port;
    private final Answer answer = new Answer();
    private Socket socket;

    Connection(int port) throws IOException {
        this.port = port;
        this.socket = open(port);
    }

    /** Sends the request and reads the whole answer; its status. */
    int exchange(byte[] request) throws IOException {
        if (socket.isClosed()) {
            socket = open(port);
        }
        socket.getOutputStream().write(request);
        answer.clear();
        do {
            answer.readMore(socket.getInputStream());
        } while (!answer.isWhole());
        int status = answer.status();
        if (status != SUCCESS && answer().toLowerCase(Locale.ROOT).contains("connection: close")) {
            socket.close();
        }
        return status;
    }

    /** The latest answer, whole. */
    String answer() {
        return answer.text();
    }

    private static Socket open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
