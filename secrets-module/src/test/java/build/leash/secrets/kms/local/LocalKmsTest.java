package build.leash.secrets.kms.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.KeyState;
import build.leash.secrets.kms.KmsContract;
import build.leash.secrets.kms.KmsUnreachable;
import build.leash.secrets.kms.WrappedKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKmsTest implements KmsContract {

    @TempDir
    Path directory;

    @Override
    public Kms kms() {
        return new LocalKms(file());
    }

    @Override
    public void disable(String key, String version) {
        put(key, version, KeyState.DISABLED);
    }

    @Override
    public void enable(String key, String version) {
        put(key, version, KeyState.ENABLED);
    }

    /** By hand, in the file. */
    private void put(String key, String version, KeyState state) {
        new Keyring(file()).change(key,
                line -> Integer.toString(line.version()).equals(version) ? line.in(state) : line);
    }

    private Path file() {
        return directory.resolve("keyring");
    }

    @Test
    void keepsTheFileToItself() throws IOException {
        String key = kms().createKey(OrganizationId.random());
        assertOnlyForUs();
        kms().scheduleDestruction(key);
        assertOnlyForUs();
    }

    private void assertOnlyForUs() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
    }

    @Test
    void leavesNothingOfADestroyedKeyInItsDirectory() throws IOException {
        String doomed = kms().createKey(OrganizationId.random());
        String kept = kms().createKey(OrganizationId.random());
        WrappedKey wrapped = kms().wrap(kept, DATA_KEY, AAD);
        String material = new Keyring(file()).versions(doomed).getFirst().encoded();
        kms().scheduleDestruction(doomed);
        try (var files = Files.list(directory)) {
            assertThat(files.toList()).allSatisfy(it -> assertThat(Files.readString(it)).doesNotContain(material));
        }
        assertThat(kms().unwrap(wrapped, AAD)).isEqualTo(DATA_KEY);
    }

    @Test
    void neverGivesADestroyedVersionsNumberAgain() {
        String key = kms().createKey(OrganizationId.random());
        KmsContract.rotate(kms(), key);
        put(key, "2", KeyState.DESTROYED);
        assertThat(KmsContract.rotate(kms(), key)).isEqualTo("3");
    }

    @Test
    void skipsALineThatACrashCutShort() throws IOException {
        String key = kms().createKey(OrganizationId.random());
        WrappedKey wrapped = kms().wrap(key, DATA_KEY, AAD);
        Files.writeString(file(), "\n" + key + " 2 AAAA", StandardOpenOption.APPEND);
        assertThat(KmsContract.rotate(kms(), key)).isEqualTo("2");
        assertThat(kms().wrap(key, DATA_KEY, AAD).keyVersion()).isEqualTo("2");
        assertThat(kms().unwrap(wrapped, AAD)).isEqualTo(DATA_KEY);
    }

    @Test
    void leavesAFileAloneThatItDoesNotUnderstand() throws IOException {
        String key = kms().createKey(OrganizationId.random());
        WrappedKey wrapped = kms().wrap(key, DATA_KEY, AAD);
        for (String line : List.of(key + " 2 AAAA enabled .", key + " 1 %%% enabled .", key + " two AAAA enabled .",
                key + " 2 AAAA unheard-of .")) {
            String before = Files.readString(file());
            Files.writeString(file(), "\n" + line + "\n", StandardOpenOption.APPEND);
            String spoiled = Files.readString(file());
            KmsContract.assertUnreachable(KmsUnreachable.Reason.FAILED, () -> {
                kms().wrap(key, DATA_KEY, AAD);
                kms().unwrap(wrapped, AAD);
            });
            assertThat(Files.readString(file())).isEqualTo(spoiled);
            Files.writeString(file(), before);
        }
        assertThat(kms().unwrap(wrapped, AAD)).isEqualTo(DATA_KEY);
    }

    @Test
    void removesWhatACrashLeftOfAReplacement() throws IOException {
        Path left = directory.resolve("keyring.new");
        Files.writeString(left, "half a keyring");
        kms().createKey(OrganizationId.random());
        assertThat(left).doesNotExist();
    }

    @Test
    void readsLinesFromBeforeVersionsHadStates() throws IOException {
        String key = "local/" + OrganizationId.random();
        Files.writeString(file(), "\n" + key + " 1 " + Base64.getEncoder().encodeToString(DATA_KEY) + " .\n");
        WrappedKey wrapped = kms().wrap(key, DATA_KEY, AAD);
        assertThat(KmsContract.rotate(kms(), key)).isEqualTo("2");
        disable(key, "2");
        assertThat(kms().unwrap(wrapped, AAD)).isEqualTo(DATA_KEY);
    }

    @Test
    void namesNoMaterial() {
        String key = kms().createKey(OrganizationId.random());
        KeyringLine line = new Keyring(file()).versions(key).getFirst();
        assertThat(line.toString()).doesNotContain(line.encoded());
    }

    @Test
    void isUnreachableIfTheFileCannotBeWritten() {
        Kms nowhere = new LocalKms(directory.resolve("missing/keyring"));
        KmsContract.assertUnreachable(KmsUnreachable.Reason.FAILED,
                () -> nowhere.createKey(OrganizationId.random()));
    }

    /** What is thrown is told to owners, who have no business with the server's files. */
    @Test
    void tellsNobodyWhereTheFileIs() {
        Kms nowhere = new LocalKms(directory.resolve("missing/keyring"));
        assertThatThrownBy(() -> nowhere.createKey(OrganizationId.random())).message().doesNotContain("missing");
    }

    @Test
    void keepsNoFileOpenIfItDoesNotGetTheLock() throws IOException {
        Path locked = directory.resolve("keyring.lock");
        try (FileChannel somebody = FileChannel.open(locked, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = somebody.lock()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> KeyringLock.of(file())).isInstanceOf(OverlappingFileLockException.class);
            }
            assertThat(openFiles()).filteredOn(locked::equals).hasSize(1);
        }
    }

    /** Linux tells (man 5 proc_pid_fd). */
    private static List<Path> openFiles() throws IOException {
        List<Path> open = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    open.add(Files.readSymbolicLink(descriptor));
                } catch (NoSuchFileException e) {
                    // closed meanwhile
                }
            }
        }
        return open;
    }

    @Test
    void agreesOnOneKeyWhateverTheThread() {
        OrganizationId organization = OrganizationId.random();
        List<String> names = IntStream.range(0, 16).parallel().mapToObj(i -> kms().createKey(organization)).toList();
        assertThat(names).containsOnly("local/" + organization);
        assertThat(kms().describe(names.getFirst()).versions()).hasSize(1);
    }
}
