package build.leash.app.canary;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A text that is searched for, in each of the forms in which it might have been written. */
record Needle(String name, Set<String> forms) {

    static Needle of(String name, String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Set<String> forms = new TreeSet<>();
        forms.add(secret);
        forms.add(latin1(secret.getBytes(StandardCharsets.UTF_16LE)));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT));
        for (int offset = 0; offset < 3; offset++) {
            forms.add(base64(bytes, offset, Base64.getEncoder()));
            forms.add(base64(bytes, offset, Base64.getUrlEncoder()));
        }
        return new Needle(name, forms);
    }

    /** The first form that is in the bytes, each taken as a Latin-1 character. */
    Optional<String> in(String latin1) {
        return forms.stream().filter(latin1::contains).findFirst();
    }

    static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The digits that do not depend on what stands before and behind, with so many bytes before. */
    private static String base64(byte[] bytes, int offset, Base64.Encoder encoder) {
        byte[] moved = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, moved, offset, bytes.length);
        String digits = encoder.withoutPadding().encodeToString(moved);
        int first = offset == 0 ? 0 : offset + 1;
        int last = moved.length % 3 == 0 ? digits.length() : digits.length() - 1;
        return digits.substring(first, last);
    }
}
