package build.leash.app.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key pair and self-signed certificate for {@code localhost} and {@code 127.0.0.1}, made afresh for each test
 * run. Nothing is checked in, so there is no private key to leak and no expiry date to be surprised by.
 */
public final class TlsIdentity {

    private static final String ALIAS = "localhost";
    private static final Duration KEYTOOL_LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final Path keyStore;
    private final String password;
    private final Path certificatePem;
    private final SSLContext sslContext;

    private TlsIdentity(Path directory, String password) throws GeneralSecurityException, IOException {
        this.directory = directory;
        this.password = password;
        this.keyStore = directory.resolve("localhost.p12");
        generateKeyPair();
        KeyStore identity = loadKeyStore();
        this.certificatePem = writePem(identity.getCertificate(ALIAS));
        this.sslContext = contextOf(identity);
    }

    /** Makes the files in an existing directory, which should be a test's temporary one. */
    public static TlsIdentity createIn(Path directory) {
        try {
            return new TlsIdentity(directory, UUID.randomUUID().toString());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    /** A PKCS12 store with the one key pair; the key has the store's password. */
    public Path keyStore() {
        return keyStore;
    }

    public String password() {
        return password;
    }

    /** The certificate alone, in the form that {@code NODE_EXTRA_CA_CERTS} takes. */
    public Path certificatePem() {
        return certificatePem;
    }

    /** For clients, which trust only this certificate, and for a JDK server, which presents it. */
    public SSLContext sslContext() {
        return sslContext;
    }

    /** What Spring Boot needs to serve HTTPS with this identity. */
    Map<String, Object> springProperties() {
        return Map.of(
                "server.ssl.enabled", "true",
                "server.ssl.key-store", keyStore.toUri().toString(),
                "server.ssl.key-store-type", "PKCS12",
                "server.ssl.key-store-password", password,
                "server.ssl.key-alias", ALIAS);
    }

    /** As a process, since the JDK has no public API that signs a certificate. */
    private void generateKeyPair() {
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        ProcessBuilder builder = new ProcessBuilder(List.of(keytool, "-genkeypair",
                "-alias", ALIAS, "-dname", "CN=localhost,O=Leash tests",
                "-keyalg", "EC", "-groupname", "secp256r1",
                "-startdate", "-1H", "-validity", "2",
                "-ext", "bc:c=ca:true", "-ext", "ku:c=digitalSignature,keyCertSign", "-ext", "eku=serverAuth",
                "-ext", "san=dns:localhost,ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", keyStore.toString(),
                "-storepass:env", "TLS_IDENTITY_PASSWORD"));
        builder.environment().put("TLS_IDENTITY_PASSWORD", password);
        ProcessOutcome.of(builder, directory, KEYTOOL_LIMIT).orThrow("keytool");
    }

    private KeyStore loadKeyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    private Path writePem(Certificate certificate) throws GeneralSecurityException, IOException {
        byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
        String body = Base64.getMimeEncoder(64, lineEnd).encodeToString(certificate.getEncoded());
        String pem = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(directory.resolve("localhost.pem"), pem);
    }

    private SSLContext contextOf(KeyStore identity) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity, password.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trustedOnly(identity.getCertificate(ALIAS)));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore trustedOnly(Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(ALIAS, certificate);
        return store;
    }
}
