package build.leash.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * The two generated passwords of a cluster, 256 random bits each.
 *
 * <p>The file has mode 0600 and two lines, the superuser's first, because {@code initdb --pwfile} reads exactly that
 * line. It is complete before the cluster is made: a kill between the two leaves passwords without a cluster, which
 * the next start uses, and never a cluster nobody can log in to.
 */
record Passwords(String superuser, String owner) {

    private static final int PASSWORD_BYTES = 32;
    private static final int LINES = 2;

    static Passwords loadOrCreate(Layout layout) {
        try {
            if (Files.exists(layout.passwords())) {
                return read(layout.passwords());
            }
            if (Files.exists(layout.cluster())) {
                throw new EmbeddedPostgresException("The cluster " + layout.cluster() + " is there, but its password "
                        + "file " + layout.passwords() + " is not. Restore that file from a backup.");
            }
            return create(layout.passwords());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + layout.passwords(), e);
        }
    }

    @Override
    public String toString() {
        return "Passwords[redacted]";
    }

    private static Passwords create(Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        Passwords passwords = new Passwords(generate(random), generate(random));
        PrivateFiles.write(file, passwords.superuser + "\n" + passwords.owner + "\n");
        return passwords;
    }

    private static Passwords read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != LINES || lines.stream().anyMatch(String::isBlank)) {
            throw new EmbeddedPostgresException("The password file " + file + " is damaged: it must hold two lines.");
        }
        return new Passwords(lines.getFirst(), lines.getLast());
    }

    private static String generate(SecureRandom random) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
