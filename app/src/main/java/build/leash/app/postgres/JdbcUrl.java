package build.leash.app.postgres;

import java.time.Duration;
import java.util.List;

/**
 * The driver's settings for a server on the loopback interface.
 *
 * <p>{@code logServerErrorDetail} keeps the values of rows out of exception messages. {@code requireAuth} lets the
 * driver talk SCRAM only, in which the server proves that it knows the password too: another program that takes the
 * port while the server is down learns nothing.
 *
 * @see <a href="https://jdbc.postgresql.org/documentation/use/">pgjdbc connection parameters</a>
 */
final class JdbcUrl {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(10);

    /** Ends the wait for a server that hangs; the rebuild of a large read model must fit in. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofMinutes(15);

    private static final List<String> PARAMETERS = List.of(
            "ApplicationName=leash",
            "logServerErrorDetail=false",
            "reWriteBatchedInserts=true",
            "tcpKeepAlive=true",
            "sslmode=disable",
            "gssEncMode=disable",
            "requireAuth=scram-sha-256",
            "connectTimeout=" + CONNECT_TIMEOUT.toSeconds(),
            "loginTimeout=" + LOGIN_TIMEOUT.toSeconds(),
            "socketTimeout=" + SOCKET_TIMEOUT.toSeconds());

    private JdbcUrl() {}

    static String of(int port, String database) {
        return "jdbc:postgresql://" + Server.HOST + ":" + port + "/" + database + "?" + String.join("&", PARAMETERS);
    }
}
