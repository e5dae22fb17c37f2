package build.leash.app.audit.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/** A text with signatures below it (C2SP signed-note, https://c2sp.org/signed-note). */
public final class SignedNote {

    private static final String SEPARATOR = "\n\n";
    private static final String SIGNATURE = "\u2014 ";

    private SignedNote() {}

    static String sign(String text, SigningKey key) {
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] hashed = ByteBuffer.allocate(VerifierKey.HASH_LENGTH + signature.length).put(key.verifier().hash())
                .put(signature).array();
        return text + "\n" + SIGNATURE + key.verifier().name() + " " + Base64.getEncoder().encodeToString(hashed)
                + "\n";
    }

    /**
     * The text of a note that one of these keys signed. Lines of keys that are not among them do not count.
     *
     * @throws IllegalArgumentException if none did, if a line that is said to be of one of them is not, or it is no note
     */
    public static String open(String note, Collection<VerifierKey> keys) {
        int end = note.lastIndexOf(SEPARATOR);
        if (end < 0 || !note.endsWith("\n") || note.chars().anyMatch(each -> each < ' ' && each != '\n')) {
            throw notANote();
        }
        String text = note.substring(0, end + 1);
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        boolean isSigned = false;
        for (String line : note.substring(end + SEPARATOR.length()).split("\n", -1)) {
            isSigned |= !line.isEmpty() && isSignature(line, keys, message);
        }
        if (!isSigned) {
            throw new IllegalArgumentException("The signature is not one of the trusted keys'.");
        }
        return text;
    }

    /** Whether the line is of one of these keys. */
    private static boolean isSignature(String line, Collection<VerifierKey> keys, byte[] message) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(SIGNATURE) || space <= SIGNATURE.length()) {
            throw notANote();
        }
        String name = line.substring(SIGNATURE.length(), space);
        byte[] hashed = Base64.getDecoder().decode(line.substring(space + 1));
        if (hashed.length <= VerifierKey.HASH_LENGTH) {
            throw notANote();
        }
        byte[] hash = Arrays.copyOf(hashed, VerifierKey.HASH_LENGTH);
        byte[] signature = Arrays.copyOfRange(hashed, VerifierKey.HASH_LENGTH, hashed.length);
        List<VerifierKey> named = keys.stream()
                .filter(key -> key.name().equals(name) && Arrays.equals(key.hash(), hash)).toList();
        if (!named.isEmpty() && named.stream().noneMatch(key -> key.verifies(message, signature))) {
            throw new IllegalArgumentException("The signature is not that of the key that it names.");
        }
        return !named.isEmpty();
    }

    private static IllegalArgumentException notANote() {
        return new IllegalArgumentException("This is no signed note.");
    }
}
