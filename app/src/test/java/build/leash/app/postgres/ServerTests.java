package build.leash.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTests {

    @TempDir
    static Path dataDirectory;

    static Server server;

    @BeforeAll
    static void createTheCluster() {
        EmbeddedPostgres.start(dataDirectory).close();
        Layout layout = new Layout(dataDirectory);
        Binaries binaries = Binaries.unpackOnce(layout, Platform.current());
        server = new Server(
                layout.cluster(),
                new ServerPrograms(binaries, SystemPrograms.unprivileged(), new LogFile(layout.log())));
    }

    @AfterAll
    static void noProcessIsLeftOver() {
        new LeftoverProcesses(dataDirectory).assertNoneRemain();
    }

    @Test
    void triesAnotherPortWhenOneWasTakenMeanwhile() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Server.HOST))) {
            int free = FreePort.choose();
            Iterator<Integer> ports = List.of(taken.getLocalPort(), free).iterator();

            Server.Running running = server.start(ports::next);

            running.process().stop(Server.STOP_GRACE);
            assertThat(running.port()).isEqualTo(free);
        }
    }

    @Test
    void saysWhatTheLogSaysWhenItGivesUp() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Server.HOST))) {
            assertThatExceptionOfType(EmbeddedPostgresException.class)
                    .isThrownBy(() -> server.startOn(taken.getLocalPort()))
                    .withMessageContaining("Address already in use");
        }
    }
}
