package build.leash.secrets.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * What the HTTP client asks for addresses right before it connects, and to nothing else than what it answers: a name
 * that has become another address since it was looked at gains nothing. One forbidden address among several is enough
 * to refuse the name.
 */
final class GuardedResolver implements DnsResolver {

    private static final int UNUSUAL_PORT = 0;

    private final NameResolver names;
    private final AddressRules rules;

    GuardedResolver(NameResolver names, AddressRules rules) {
        this.names = names;
        this.rules = rules;
    }

    /** The name leads inside. Not an {@link UnknownHostException}, so that nothing is tried in its place. */
    static final class Forbidden extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Forbidden() {
            super("The address is not public, or the port is not usual", null, false, false);
        }
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : names.resolve(host)) {
            boolean isOpen = AddressRules.isPublic(address) && OutboundUrl.isUsual(port);
            if (!isOpen && !rules.isListed(address)) {
                throw new Forbidden();
            }
            addresses.add(new InetSocketAddress(address, port));
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }

    /** Without a port, only what the operator lists is good enough. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return resolve(host, UNUSUAL_PORT).stream().map(InetSocketAddress::getAddress).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
