package build.leash.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.Poll;
import build.leash.app.support.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A hot standby that streams from a {@link TestPostgres}. The embedded binaries are without {@code pg_basebackup}, so it
 * begins as the manual's low-level base backup.
 *
 * @see <a href="https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">Low-level base
 *      backup</a>
 */
public final class TestStandby implements AutoCloseable {

    private final TestPostgres primary;
    private final Layout layout;
    private final Server server;
    private Server.Running running;

    private TestStandby(TestPostgres primary, Layout layout) {
        this.primary = primary;
        this.layout = layout;
        Binaries binaries = Binaries.unpackOnce(primary.layout(), Platform.current());
        this.server = new Server(layout.cluster(),
                new ServerPrograms(binaries, SystemPrograms.unprivileged(), new LogFile(layout.log())));
        this.running = server.startOnFreePort();
    }

    static TestStandby of(TestPostgres primary, Layout layout, String name) {
        try {
            Files.createDirectories(layout.root());
            copy(primary, layout.cluster());
            Files.createFile(layout.cluster().resolve("standby.signal"));
            Files.writeString(layout.cluster().resolve("postgresql.auto.conf"), """
                    primary_conninfo = '%s'
                    cluster_name = '%s'
                    wal_retrieve_retry_interval = '100ms'
                    """.formatted(primary.connectionInfo(), name), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestStandby standby = new TestStandby(primary, layout);
        standby.awaitStreaming(name);
        return standby;
    }

    /** For {@code leash.reads.url}; the same after a restart. */
    public String jdbcUrl() {
        return JdbcUrl.of(running.port(), Database.NAME);
    }

    /** For the superuser. */
    public JdbcClient superuser() {
        return JdbcClient.create(primary.superuserOf(jdbcUrl()));
    }

    /** SIGSTOP to all its processes. */
    public void pause() {
        Signals.stop(new Survivors(layout.cluster()).find());
    }

    /** SIGCONT. */
    public void resume() {
        Signals.goOn(new Survivors(layout.cluster()).find());
    }

    /** Cuts the stream from the primary; the standby opens it again and answers queries meanwhile. */
    public void cutStream() {
        superuser().sql("select pg_terminate_backend(pid) from pg_stat_wal_receiver").query().listOfRows();
    }

    public void stop() {
        running.process().stop(Server.STOP_GRACE);
    }

    /** Starts it again on its port. */
    public void start() {
        running = server.startOn(running.port());
    }

    @Override
    public void close() {
        resume();
        stop();
    }

    private void awaitStreaming(String name) {
        Poll.until("the standby streams", () -> primary.superuser()
                .sql("select count(*) from pg_stat_replication where application_name = ? and state = 'streaming'")
                .param(name).query(Long.class).single() == 1);
    }

    /** The session that begins the backup has to be the one that ends it. */
    private static void copy(TestPostgres primary, Path cluster) throws IOException {
        try (Connection connection = primary.superuserDataSource().getConnection()) {
            JdbcClient session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            session.sql("select pg_backup_start('standby', true)").query(String.class).single();
            copyFiles(primary.layout().cluster(), cluster);
            String label = session.sql("select labelfile from pg_backup_stop(false)").query(String.class).single();
            Files.writeString(cluster.resolve("backup_label"), label);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Files come and go meanwhile; what matters of them is in the write-ahead log, which is streamed. */
    private static void copyFiles(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.copy(directory, to.resolve(from.relativize(directory)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = from.relativize(file).toString();
                if (!name.startsWith("postmaster.") && !name.matches("pg_wal/[0-9A-F]{24}.*")) {
                    copyIfThere(file, to.resolve(name));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            private static void copyIfThere(Path file, Path copy) throws IOException {
                try {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                } catch (NoSuchFileException e) {
                    assertThat(file).doesNotExist();
                }
            }
        });
    }
}
