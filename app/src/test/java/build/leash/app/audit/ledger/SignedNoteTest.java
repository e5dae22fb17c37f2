package build.leash.app.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {

    /** The example in the documentation of golang.org/x/mod/sumdb/note. */
    private static final String GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String GO_TEXT = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String GO_NOTE = GO_TEXT + """

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;
    private static final Checkpoint CHECKPOINT = new Checkpoint("leash.build/test", 7, Hash.ofLeaf(new byte[0]));

    @TempDir
    private Path directory;

    @Test
    void opensNotesOfOtherImplementations() {
        VerifierKey key = VerifierKey.parse(GO_KEY);

        assertThat(SignedNote.open(GO_NOTE, List.of(key))).isEqualTo(GO_TEXT);
        assertThat(key).hasToString(GO_KEY);
        assertThatThrownBy(() -> SignedNote.open(GO_NOTE.replace("answer", "Answer"), List.of(key)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void opensWhatTheKeyInItsFileSigned() throws IOException {
        Path file = directory.resolve("key");
        SigningKey key = FileSigningKey.loadOrCreate(file, CHECKPOINT.origin());
        String note = SignedNote.sign(CHECKPOINT.text(), FileSigningKey.loadOrCreate(file, CHECKPOINT.origin()));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(Checkpoint.parse(SignedNote.open(note, List.of(key.verifier())))).isEqualTo(CHECKPOINT);
        assertThat(VerifierKey.parse(key.verifier().toString())).isEqualTo(key.verifier());
    }

    /** As the specification wants: one line that is said to be of a trusted key and is not spoils the note. */
    @Test
    void refusesANoteWithALineThatATrustedKeyDidNotSign() {
        SigningKey one = FileSigningKey.loadOrCreate(directory.resolve("one"), CHECKPOINT.origin());
        SigningKey other = FileSigningKey.loadOrCreate(directory.resolve("other"), CHECKPOINT.origin());
        String note = SignedNote.sign(CHECKPOINT.text(), one);
        String elsewhere = SignedNote.sign(CHECKPOINT.text().replace("\n7\n", "\n8\n"), other);
        String both = note + elsewhere.substring(elsewhere.indexOf('\u2014'));

        assertThat(SignedNote.open(both, List.of(one.verifier()))).isEqualTo(CHECKPOINT.text());
        assertThatThrownBy(() -> SignedNote.open(both, List.of(one.verifier(), other.verifier())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\r\n", "\n\u2014 name\n", "\n\u2014 name AAAA\n", "\nsigned\n",
            "\n\u2014 name ?\n"})
    void refusesWhatIsNoNote(String ending) {
        SigningKey key = FileSigningKey.loadOrCreate(directory.resolve("one"), CHECKPOINT.origin());
        String note = SignedNote.sign(CHECKPOINT.text(), key).stripTrailing();

        assertThat(SignedNote.open(note + "\n", List.of(key.verifier()))).isEqualTo(CHECKPOINT.text());
        assertThatThrownBy(() -> SignedNote.open(note + ending, List.of(key.verifier())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTheSignatureOfAnotherKeyOfTheSameName() {
        SigningKey one = FileSigningKey.loadOrCreate(directory.resolve("one"), CHECKPOINT.origin());
        SigningKey other = FileSigningKey.loadOrCreate(directory.resolve("other"), CHECKPOINT.origin());
        String note = SignedNote.sign(CHECKPOINT.text(), one);

        assertThatThrownBy(() -> SignedNote.open(note, List.of(other.verifier())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedNote.open(note.replace("\n7\n", "\n8\n"), List.of(one.verifier())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
