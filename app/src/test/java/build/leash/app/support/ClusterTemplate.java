package build.leash.app.support;

import build.leash.app.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL cluster without a table, made once in each JVM that runs tests, and copied for every application: programs
 * need not be unpacked, nor a cluster be created, each time. That both work from nothing is what the tests of
 * {@code postgres}, {@code durability} and {@code canary} show.
 */
public final class ClusterTemplate {

    private static final String PROGRAMS = "postgres";
    private static final List<String> COPIED = List.of("pgdata", "postgres.password");
    private static final Path TEMPLATE = make();

    private ClusterTemplate() {}

    /** Makes the directory look as after a first start that was stopped before it did anything. */
    public static void copyInto(Path dataDirectory) {
        try {
            for (String name : COPIED) {
                copy(TEMPLATE.resolve(name), dataDirectory.resolve(name));
            }
            Files.createSymbolicLink(dataDirectory.resolve(PROGRAMS), TEMPLATE.resolve(PROGRAMS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static Path make() {
        try {
            Path template = Files.createTempDirectory("leash-test-template-");
            EmbeddedPostgres.start(template).close();
            // Runs after the applications' own shutdown hooks have closed them.
            SpringApplication.getShutdownHandlers().add(() -> delete(template));
            return template;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path template) {
        try {
            FileSystemUtils.deleteRecursively(template);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
