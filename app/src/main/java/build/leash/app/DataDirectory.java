package build.leash.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.core.env.PropertyResolver;

/**
 * The one directory this installation writes to, always absolute and normalized.
 *
 * <p>Everything below it is private to the account that runs the application. A directory that exists already keeps
 * the permissions its owner gave it; whoever puts a file in it is responsible for that file's mode.
 */
public record DataDirectory(Path path) {

    private static final String HOME_PREFIX = "~/";
    private static final String DEFAULT = "~/.leash";

    public DataDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /** Reads a configured value, in which a leading {@code ~} stands for the home directory as in a shell. */
    public static DataDirectory of(String configured) {
        String value = configured.strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("leash.data-dir must name a directory, but is blank");
        }
        return new DataDirectory(expandHome(value));
    }

    /**
     * The directory that is set as {@code leash.data-dir}: read as text, because Spring's own conversion to {@code Path}
     * looks on the class path first and knows no {@code ~}.
     */
    public static DataDirectory of(PropertyResolver settings) {
        return of(settings.getProperty("leash.data-dir", DEFAULT));
    }

    /** Creates the directory with mode 0700 when it is missing, and answers its path. */
    public Path create() {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException("leash.data-dir cannot be created: " + path, e);
        }
    }

    private static Path expandHome(String value) {
        Path home = Path.of(System.getProperty("user.home"));
        if (value.equals("~")) {
            return home;
        }
        return value.startsWith(HOME_PREFIX) ? home.resolve(value.substring(HOME_PREFIX.length())) : Path.of(value);
    }
}
