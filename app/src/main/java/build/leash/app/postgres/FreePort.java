package build.leash.app.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A loopback port nobody listens on at the moment.
 *
 * <p>It lies below Linux's usual range for outgoing connections (32768 to 60999). Inside of that range, a client that
 * retries while the server restarts would sooner or later be given the very same port and connect to itself, and the
 * server could not take its port again.
 */
final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int ABOVE_HIGHEST = 32_000;
    private static final int MAX_TRIES = 100;

    private FreePort() {}

    static int choose() {
        for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, ABOVE_HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedPostgresException("No free port found on the loopback interface.");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(Server.HOST), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
