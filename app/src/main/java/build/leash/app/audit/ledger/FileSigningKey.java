package build.leash.app.audit.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The Ed25519 key that signs checkpoints, kept in a file of mode 0600: one line PKCS #8, one line X.509, in Base64. */
final class FileSigningKey implements SigningKey {

    private static final String ED25519 = "Ed25519";
    private static final int LINES = 2;

    private final VerifierKey verifier;
    private final PrivateKey privateKey;

    private FileSigningKey(VerifierKey verifier, PrivateKey privateKey) {
        this.verifier = verifier;
        this.privateKey = privateKey;
    }

    /** The key in this file, which is made if it is missing; nodes that share the file agree on one. */
    static FileSigningKey loadOrCreate(Path file, String name) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.size() != LINES) {
                throw new IllegalStateException("The signing key is damaged: " + file);
            }
            KeyFactory keys = KeyFactory.getInstance(ED25519);
            PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(decode(lines.getLast())));
            return new FileSigningKey(VerifierKey.of(name, publicKey),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(decode(lines.getFirst()))));
        } catch (IOException e) {
            throw new UncheckedIOException("The signing key cannot be used: " + file, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("The signing key is damaged: " + file, e);
        }
    }

    @Override
    public String name() {
        return verifier.name();
    }

    @Override
    public VerifierKey verifier() {
        return verifier;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has Ed25519", e);
        }
    }

    @Override
    public String toString() {
        return "FileSigningKey[" + verifier + "]";
    }

    private static void create(Path file) throws IOException, GeneralSecurityException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly)) {
            channel.lock();
            if (Files.exists(file)) {
                return;
            }
            KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
            Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName().toString(), ".tmp",
                    ownerOnly);
            Files.write(whole, List.of(encode(pair.getPrivate().getEncoded()), encode(pair.getPublic().getEncoded())));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text);
    }
}
