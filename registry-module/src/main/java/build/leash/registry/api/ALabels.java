package build.leash.registry.api;

import build.leash.access.api.InvalidValue;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Host names with other than ASCII characters, as A-labels.
 *
 * <p>
 * The platform's {@link IDN} knows the rules of 2003 (RFC 3490), under which it would quietly turn {@code straße} into
 * {@code strasse}, while today's browsers and clients (UTS 46, RFC 5894, section 7.2) take the two for different hosts,
 * which may belong to different people. A name is accepted only if the old rules change no more than its case and its
 * composition, on which both agree; whoever means another one writes its A-labels.
 */
final class ALabels {

    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
    private static final Pattern DOT = Pattern.compile("\\.");

    private ALabels() {}

    /**
     * The host with its A-labels; labels in ASCII stay as they are.
     *
     * @throws InvalidValue if it is not an internationalized domain name, or one that old and new rules read differently
     */
    static String of(String host) {
        return Arrays.stream(DOT.split(host, -1)).map(ALabels::label).collect(Collectors.joining("."));
    }

    private static String label(String label) {
        if (ASCII.matcher(label).matches()) {
            return label;
        }
        String ascii = toAscii(label);
        String sameLetters = Normalizer.normalize(label.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        if (!IDN.toUnicode(ascii).equals(sameLetters)) {
            throw new InvalidValue("The host has characters that not every client reads alike."
                    + " Write it as A-labels (xn--…).");
        }
        return ascii;
    }

    private static String toAscii(String label) {
        try {
            return IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("The host is not a valid internationalized domain name.");
        }
    }
}
