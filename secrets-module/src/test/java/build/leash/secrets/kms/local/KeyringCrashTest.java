package build.leash.secrets.kms.local;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.secrets.kms.Eventually;
import build.leash.secrets.kms.KeyState;
import build.leash.secrets.kms.KeyVersion;
import build.leash.secrets.kms.WrappedKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes use one keyring and are killed: what they relied on is there, and what they destroyed is not. */
class KeyringCrashTest {

    private static final int KILLS = 3;
    private static final int LINES_BEFORE_A_KILL = 20;

    @TempDir
    Path directory;

    @Test
    void keepsItsPromisesAcrossKills() throws IOException {
        Path keyring = directory.resolve("keyring");
        for (int kill = 0; kill < KILLS; kill++) {
            Path one = directory.resolve("one-" + kill);
            Path other = directory.resolve("other-" + kill);
            Process first = start(keyring, one);
            Process second = start(keyring, other);
            int lines = LINES_BEFORE_A_KILL + kill * 7;
            Eventually.holds(() -> said(one).size() >= lines && said(other).size() >= lines);
            first.destroyForcibly().onExit().join();
            second.destroyForcibly().onExit().join();
        }
        LocalKms kms = new LocalKms(keyring);
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().contains("-")).flatMap(file -> said(file).stream())
                    .forEach(line -> assertKept(kms, line.split(" ")));
        }
    }

    private static void assertKept(LocalKms kms, String... promise) {
        if (promise[0].equals("kept")) {
            byte[] ciphertext = HexFormat.of().parseHex(promise[3]);
            assertThat(kms.unwrap(new WrappedKey(promise[1], promise[2], ciphertext), new byte[32])).hasSize(32);
        } else {
            assertThat(kms.describe(promise[1]).versions()).extracting(KeyVersion::state)
                    .containsExactly(KeyState.DESTROYED);
        }
    }

    /** Whole lines only. */
    private static List<String> said(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(Path keyring, Path output) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                KeyringProcess.class.getName(), keyring.toString(), "10000")
                .redirectError(ProcessBuilder.Redirect.DISCARD).redirectOutput(output.toFile()).start();
    }
}
