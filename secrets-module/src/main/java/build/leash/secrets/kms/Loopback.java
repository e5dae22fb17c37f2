package build.leash.secrets.kms;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a connection may do without TLS. */
public final class Loopback {

    private static final Set<String> ADDRESSES = Set.of("127.0.0.1", "localhost", "[::1]");

    private Loopback() {}

    /**
     * Lets an endpoint pass that does not leave this machine.
     *
     * @param endpoint {@code host:port}
     * @param property that asks for it
     * @throws IllegalArgumentException if it does leave
     */
    public static void mustBe(@Nullable String endpoint, String property) {
        if (endpoint == null || !ADDRESSES.contains(String.valueOf(URI.create("grpc://" + endpoint).getHost()))) {
            throw new IllegalArgumentException(property + " needs an endpoint on a loopback address");
        }
    }
}
