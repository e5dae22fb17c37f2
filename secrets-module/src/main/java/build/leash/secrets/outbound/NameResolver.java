package build.leash.secrets.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. The system's resolver, unless a bean says otherwise. */
@FunctionalInterface
public interface NameResolver {

    /** @throws UnknownHostException if it has none */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
