package build.leash.secrets.outbound;

import build.leash.access.api.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A URL to which requests may go: absolute, {@code https}, at most {@value #MAX_LENGTH} visible ASCII characters, with a
 * host and neither userinfo nor fragment. A host whose last label is a number is an IPv4 address (URL Standard, section
 * 3.5) and is taken in its one canonical form only: what reads {@code 0x7f.1}, {@code 017700000001} or
 * {@code 2130706433} as an address is not asked.
 */
public record OutboundUrl(URI uri) {

    public static final int MAX_LENGTH = 2048;

    /** Any other one only on addresses that the operator lists. */
    private static final Set<Integer> USUAL_PORTS = Set.of(443, 8443);
    private static final int HTTPS_PORT = 443;

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7E]{1," + MAX_LENGTH + "}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    public OutboundUrl {
        if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new InvalidValue("A URL is absolute, begins with https:// and names a host.");
        }
        if (uri.getRawAuthority().contains("@") || uri.getRawFragment() != null) {
            throw new InvalidValue("A URL has no user name, no password and no fragment (#…).");
        }
        if (uri.getRawAuthority().contains("%") || !isNoNumberOrAnAddress(uri.getHost())) {
            throw new InvalidValue("An IP address in a URL is written in its usual form: four decimal numbers,"
                    + " or IPv6 in brackets without a zone.");
        }
        if (uri.getPort() != -1 && (uri.getPort() < 1 || uri.getPort() > 65_535)) {
            throw new InvalidValue("A port is a number from 1 to 65535.");
        }
    }

    /**
     * The URL with this text.
     *
     * @throws InvalidValue if the text breaks the rules above
     */
    public static OutboundUrl of(String text) {
        if (!VISIBLE_ASCII.matcher(text).matches()) {
            throw new InvalidValue("A URL has 1 to " + MAX_LENGTH + " visible ASCII characters.");
        }
        try {
            return new OutboundUrl(new URI(text).parseServerAuthority());
        } catch (URISyntaxException e) {
            throw new InvalidValue("The URL is not well-formed (RFC 3986).");
        }
    }

    /** The URL with this path, and query if any, behind its own path. */
    public OutboundUrl with(String pathAndQuery) {
        String base = uri.toString();
        return of((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + pathAndQuery);
    }

    static boolean isUsual(int port) {
        return USUAL_PORTS.contains(port == -1 ? HTTPS_PORT : port);
    }

    @Override
    public String toString() {
        return uri.toString();
    }

    private static boolean isNoNumberOrAnAddress(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String lastLabel = name.substring(name.lastIndexOf('.') + 1);
        return !NUMBER.matcher(lastLabel).matches() || IPV4.matcher(host).matches();
    }
}
