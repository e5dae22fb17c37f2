package build.leash.app.audit.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Whose signature is trusted: an Ed25519 key with a name (C2SP signed-note, https://c2sp.org/signed-note), written
 * {@code <name>+<key hash>+<base64 of 0x01 and the key>}.
 */
public final class VerifierKey {

    static final byte ED25519 = 1;
    static final int HASH_LENGTH = 4;
    /** What precedes the 32 bytes in a SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int KEY_LENGTH = 32;
    private static final int PARTS = 3;

    private final String name;
    /** The key's 32 bytes (RFC 8032). */
    private final byte[] raw;

    private VerifierKey(String name, byte[] raw) {
        this.name = name;
        this.raw = raw;
    }

    /** @throws IllegalArgumentException if the text is no key, or its hash is another key's */
    public static VerifierKey parse(String text) {
        String[] parts = text.strip().split("\\+", PARTS);
        if (parts.length != PARTS || parts[0].isEmpty()) {
            throw new IllegalArgumentException("A verifier key is written <name>+<hash>+<base64>.");
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != KEY_LENGTH + 1 || typed[0] != ED25519) {
            throw new IllegalArgumentException("The verifier key is no Ed25519 key.");
        }
        VerifierKey key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.hexHash().equals(parts[1])) {
            throw new IllegalArgumentException("The verifier key's hash is not its own.");
        }
        return key;
    }

    static VerifierKey of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new VerifierKey(name, Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length));
    }

    /** Of the log whose checkpoints it verifies. */
    public String name() {
        return name;
    }

    public boolean verifies(byte[] message, byte[] signature) {
        try {
            byte[] encoded = ByteBuffer.allocate(X509_PREFIX.length + KEY_LENGTH).put(X509_PREFIX).put(raw).array();
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The first four bytes of the SHA-256 of name, newline, type and key. */
    byte[] hash() {
        MessageDigest digest = Hash.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(ED25519);
        return Arrays.copyOf(digest.digest(raw), HASH_LENGTH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key && name.equals(key.name) && Arrays.equals(raw, key.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        byte[] typed = ByteBuffer.allocate(raw.length + 1).put(ED25519).put(raw).array();
        return name + "+" + hexHash() + "+" + Base64.getEncoder().encodeToString(typed);
    }

    private String hexHash() {
        return HexFormat.of().formatHex(hash());
    }
}
