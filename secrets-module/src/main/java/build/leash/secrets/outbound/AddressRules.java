package build.leash.secrets.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are public: those that no registry of IANA has set aside
 * (iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry), and, of IPv6, global unicast only.
 * An operator can list ranges that are allowed nevertheless.
 */
final class AddressRules {

    private static final Network IPV6_GLOBAL_UNICAST = Network.of("2000::/3");

    private static final List<Network> SET_ASIDE = networks(
            // this network, private use, shared (RFC 6598), loopback, link-local with cloud metadata, private use
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            // protocol assignments, documentation, AS112, 6to4 relays, private use, AMT, benchmarking
            "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.52.193.0/24",
            "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            // multicast, reserved, broadcast; Azure's way to its host
            "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
            // protocol assignments with Teredo and ORCHID, documentation, 6to4, which carries an IPv4 address, SRv6
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private final List<Network> allowed;

    /** @param allowed ranges in CIDR notation */
    AddressRules(List<String> allowed) {
        this.allowed = allowed.stream().map(Network::of).toList();
    }

    /** Whether the operator lists it. */
    boolean isListed(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address));
    }

    static boolean isPublic(InetAddress address) {
        boolean isIpv6 = address.getAddress().length == 16;
        if (isIpv6 && !IPV6_GLOBAL_UNICAST.contains(address)) {
            return false;
        }
        return SET_ASIDE.stream().noneMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... ranges) {
        return Stream.of(ranges).map(Network::of).toList();
    }
}
