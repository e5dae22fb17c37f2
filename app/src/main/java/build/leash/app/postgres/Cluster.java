package build.leash.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory with the databases, created on the first start. */
final class Cluster {

    private static final Logger log = LoggerFactory.getLogger(Cluster.class);
    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
    private static final Duration INITDB_GRACE = Duration.ofSeconds(5);

    private final Layout layout;
    private final ServerPrograms programs;

    Cluster(Layout layout, ServerPrograms programs) {
        this.layout = layout;
        this.programs = programs;
    }

    void createOnce() {
        new StagedDirectory(layout.cluster()).createOnce(this::initialize);
        requireReadableVersion();
    }

    private void initialize(Path directory) {
        log.info("Creating the PostgreSQL cluster {}", layout.cluster());
        GuardedProcess initdb = programs.start(
                "initdb",
                directory,
                "--pgdata=" + directory,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions",
                "--username=" + Database.SUPERUSER,
                "--auth=scram-sha-256",
                "--pwfile=" + layout.passwords());
        if (!initdb.awaitExit(INITDB_LIMIT) || initdb.exitValue() != 0) {
            initdb.stop(INITDB_GRACE);
            throw new EmbeddedPostgresException(
                    "initdb failed; the end of " + layout.log() + ":\n" + programs.logTail());
        }
    }

    private void requireReadableVersion() {
        try {
            String version = Files.readString(layout.cluster().resolve("PG_VERSION")).strip();
            if (!version.equals(Binaries.MAJOR_VERSION)) {
                throw new EmbeddedPostgresException("The cluster " + layout.cluster() + " was made by PostgreSQL "
                        + version + "; move it to " + Binaries.MAJOR_VERSION + " with pg_upgrade or dump and restore.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the version of " + layout.cluster(), e);
        }
    }
}
