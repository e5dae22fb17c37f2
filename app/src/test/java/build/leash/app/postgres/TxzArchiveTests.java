package build.leash.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TxzArchiveTests {

    private static final int EXECUTABLE = 0100755;
    private static final int PLAIN = 0100644;

    @TempDir
    Path directory;

    @Test
    void keepsExecuteBitsForTheOwnerAlone() throws IOException {
        TxzArchive.unpack(archiveOf(file("bin/run", EXECUTABLE)), directory);
        TxzArchive.unpack(archiveOf(file("share/text", PLAIN)), directory);

        assertThat(modeOf("bin/run")).isEqualTo("rwx------");
        assertThat(modeOf("share/text")).isEqualTo("rw-------");
        assertThat(modeOf("share")).isEqualTo("rwx------");
    }

    @Test
    void keepsLinksThatStayInside() throws IOException {
        TxzArchive.unpack(archiveOf(link("lib/a.so", "../share/a.so.1")), directory);

        assertThat(Files.readSymbolicLink(directory.resolve("lib/a.so"))).isEqualTo(Path.of("../share/a.so.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "bin/../../outside"})
    void refusesFilesOutside(String name) throws IOException {
        InputStream archive = archiveOf(file(name, PLAIN));

        assertThatIOException()
                .isThrownBy(() -> TxzArchive.unpack(archive, directory))
                .withMessageContaining("leads out");
        assertThat(directory.resolveSibling("outside")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../outside", "/etc/passwd"})
    void refusesLinksToOutside(String target) throws IOException {
        InputStream archive = archiveOf(link("lib/a.so", target));

        assertThatIOException()
                .isThrownBy(() -> TxzArchive.unpack(archive, directory))
                .withMessageContaining("leads out");
    }

    @Test
    void refusesOtherKindsOfEntries() throws IOException {
        InputStream archive = archiveOf(new TarArchiveEntry("pipe", TarConstants.LF_FIFO));

        assertThatIOException().isThrownBy(() -> TxzArchive.unpack(archive, directory)).withMessageContaining("kind");
    }

    private String modeOf(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
    }

    private static TarArchiveEntry file(String name, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        return entry;
    }

    private static TarArchiveEntry link(String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        return entry;
    }

    private static InputStream archiveOf(TarArchiveEntry entry) throws IOException {
        byte[] content = entry.isFile() && !entry.isFIFO() && !entry.isSymbolicLink()
                ? "content".getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
