package build.leash.secrets.outbound;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of addresses in CIDR notation (RFC 4632, section 3.1; RFC 4291, section 2.3). */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Network(byte[] prefix, int bits) {

    private static final Pattern NOTATION = Pattern.compile(
            "((?:[0-9]{1,3}\\.){3}[0-9]{1,3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)/([0-9]{1,3})");

    /** @throws IllegalArgumentException if the text is no range: {@code 10.0.0.0/8}, {@code fd00::/8} */
    static Network of(String text) {
        Matcher notation = NOTATION.matcher(text);
        if (!notation.matches()) {
            throw new IllegalArgumentException("Not a range of addresses: " + text);
        }
        byte[] prefix = literal(notation.group(1));
        int bits = Integer.parseInt(notation.group(2));
        if (bits > prefix.length * Byte.SIZE) {
            throw new IllegalArgumentException("Not a range of addresses: " + text);
        }
        return new Network(prefix, bits);
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if ((bytes[bit / Byte.SIZE] & mask) != (prefix[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** The pattern lets no name through, so nothing is looked up. */
    private static byte[] literal(String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Not an address: " + text, e);
        }
    }
}
