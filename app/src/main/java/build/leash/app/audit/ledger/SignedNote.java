package build.leash.app.audit.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;

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
     * The text of a note that one of these keys signed.
     *
     * @throws IllegalArgumentException if none did, or it is no note
     */
    public static String open(String note, Collection<VerifierKey> keys) {
        int end = note.lastIndexOf(SEPARATOR);
        if (end < 0) {
            throw new IllegalArgumentException("This is no signed note.");
        }
        String text = note.substring(0, end + 1);
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        boolean isSigned = note.substring(end + SEPARATOR.length()).lines()
                .anyMatch(line -> keys.stream().anyMatch(key -> isSignature(line, key, message)));
        if (!isSigned) {
            throw new IllegalArgumentException("The signature is not one of the trusted keys'.");
        }
        return text;
    }

    private static boolean isSignature(String line, VerifierKey key, byte[] message) {
        String prefix = SIGNATURE + key.name() + " ";
        if (!line.startsWith(prefix)) {
            return false;
        }
        try {
            byte[] hashed = Base64.getDecoder().decode(line.substring(prefix.length()));
            return hashed.length > VerifierKey.HASH_LENGTH
                    && Arrays.equals(key.hash(), Arrays.copyOf(hashed, VerifierKey.HASH_LENGTH))
                    && key.verifies(message, Arrays.copyOfRange(hashed, VerifierKey.HASH_LENGTH, hashed.length));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
