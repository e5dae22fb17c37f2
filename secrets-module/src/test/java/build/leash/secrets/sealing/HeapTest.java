package build.leash.secrets.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.kms.Eventually;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.local.LocalKms;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Looks for bytes in a dump of all live objects. What is looked for is kept inverted, so that the test does not find
 * itself.
 */
class HeapTest {

    private static final int SECRET_BYTES = 48;
    private static final int KEK_MARGIN = 24;

    private final OrganizationId organization = OrganizationId.random();
    private final byte[] invertedSecret = new byte[SECRET_BYTES];
    private byte[] invertedDataKey = new byte[0];

    @TempDir
    Path directory;

    private House house;
    private int dumps;

    @BeforeEach
    void start() {
        house = new House(rememberingDataKeys(new LocalKms(directory.resolve("keyring"))));
        // the high bit is clear in the secret, so that it is ASCII, and set in what is kept
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        for (int i = 0; i < SECRET_BYTES; i++) {
            invertedSecret[i] = (byte) ~('A' + (random[i] & 15));
        }
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void keepsNoSecretAndOnlyTheCacheKeepsADataKey() throws IOException {
        SecretRef ref = sealAndOpen();
        open(ref);
        assertThat(occursInHeap(invertedSecret)).as("a secret").isFalse();
        assertThat(occursInHeap(invertedDataKey)).as("a cached data key").isTrue();
        assertThat(occursInHeap(invertedKek())).as("a KEK").isFalse();
        house.dataKeys.forget(organization);
        Eventually.holds(() -> !occursInHeap(invertedDataKey));
    }

    /** Opens without closing: what is left of it must be garbage, wiped or not. */
    private void open(SecretRef ref) {
        assertThat(house.vault.open(House.bearerOf(organization), ref).bytes()).hasSize(SECRET_BYTES);
    }

    private SecretRef sealAndOpen() {
        try (PlainSecret plain = PlainSecret.owning(inverted(invertedSecret))) {
            SecretRef ref = house.vault.sealerFor(organization).seal(House.bearerOf(organization), 1, plain);
            house.dataKeys.forget(organization);
            assertThat(house.open(organization, ref)).hasSize(SECRET_BYTES);
            return ref;
        }
    }

    /** A provider that remembers, inverted, what it is given to wrap. */
    private Kms rememberingDataKeys(Kms kms) {
        return (Kms) Proxy.newProxyInstance(Kms.class.getClassLoader(), new Class<?>[]{Kms.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("wrap")) {
                        invertedDataKey = inverted((byte[]) arguments[1]);
                    }
                    return method.invoke(kms, arguments);
                });
    }

    private byte[] invertedKek() throws IOException {
        String line = Files.readAllLines(directory.resolve("keyring")).stream().filter(it -> !it.isBlank()).findFirst()
                .orElseThrow();
        byte[] kek = Base64.getDecoder().decode(line.split(" ")[2]);
        byte[] inverted = inverted(Arrays.copyOf(kek, KEK_MARGIN));
        Arrays.fill(kek, (byte) 0);
        return inverted;
    }

    private boolean occursInHeap(byte[] inverted) {
        try {
            return occursIn(directory.resolve("heap-" + dumps++ + ".hprof"), inverted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean occursIn(Path dump, byte[] inverted) throws IOException {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        try (FileChannel channel = FileChannel.open(dump)) {
            assertThat(channel.size()).isLessThan(Integer.MAX_VALUE);
            return occurs(inverted, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } finally {
            Files.delete(dump);
        }
    }

    private static boolean occurs(byte[] inverted, ByteBuffer heap) {
        byte first = (byte) ~inverted[0];
        for (int start = 0; start <= heap.limit() - inverted.length; start++) {
            if (heap.get(start) == first && isAt(inverted, heap, start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] inverted, ByteBuffer heap, int start) {
        for (int i = 0; i < inverted.length; i++) {
            if (heap.get(start + i) != (byte) ~inverted[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] inverted(byte[] bytes) {
        byte[] inverted = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            inverted[i] = (byte) ~bytes[i];
        }
        return inverted;
    }
}
