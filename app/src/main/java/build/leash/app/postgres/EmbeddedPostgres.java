package build.leash.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that belongs to this JVM: one database in a data directory, reached over the loopback interface with a
 * generated password.
 *
 * <p>It promises that committed data are durable, that no server outlives the JVM however that ends, that a server
 * which dies earlier comes back on the same port, and that two JVMs never share a data directory. It is limited to
 * Linux with glibc, and to one machine: for more, use an external PostgreSQL.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final DirectoryLock lock;
    private final Supervisor supervisor;
    private final String jdbcUrl;
    private final Passwords passwords;

    private EmbeddedPostgres(DirectoryLock lock, Supervisor supervisor, String jdbcUrl, Passwords passwords) {
        this.lock = lock;
        this.supervisor = supervisor;
        this.jdbcUrl = jdbcUrl;
        this.passwords = passwords;
    }

    /**
     * Starts the server, on the first call with everything it needs, and answers when it accepts connections: after
     * some seconds the first time, below one second later, and longer only when it recovers from a crash.
     *
     * @param dataDirectory created with mode 0700 when missing
     * @throws EmbeddedPostgresException when it cannot run here, or another JVM uses the directory
     */
    public static EmbeddedPostgres start(Path dataDirectory) {
        Platform platform = Platform.current();
        Layout layout = new Layout(realDirectory(dataDirectory));
        DirectoryLock lock = DirectoryLock.take(layout);
        boolean started = false;
        try {
            EmbeddedPostgres postgres = start(layout, platform, lock);
            started = true;
            return postgres;
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    private static EmbeddedPostgres start(Layout layout, Platform platform, DirectoryLock lock) {
        Binaries binaries = Binaries.unpackOnce(layout, platform);
        ServerPrograms programs = new ServerPrograms(binaries, SystemPrograms.unprivileged(),
                new LogFile(layout.log()));
        Passwords passwords = Passwords.loadOrCreate(layout);
        new Cluster(layout, programs).createOnce();
        Server server = new Server(layout.cluster(), programs);
        Server.Running running = server.startOnFreePort();
        Database database = new Database(running.port(), passwords);
        boolean usable = false;
        try {
            database.createOnce();
            usable = true;
        } finally {
            if (!usable) {
                running.process().stop(Server.STOP_GRACE);
            }
        }
        log.info("PostgreSQL {} on port {}, data in {}", Binaries.VERSION, running.port(), layout.root());
        return new EmbeddedPostgres(lock, Supervisor.of(server, running), database.url(), passwords);
    }

    /** The same for the lifetime of this object, also after the server was started again. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** The owner of the database, who is no superuser. */
    public String username() {
        return Database.OWNER;
    }

    public String password() {
        return passwords.owner();
    }

    /** The postmaster's process id at the moment. */
    public long processId() {
        return supervisor.processId();
    }

    /** Ends the server with a fast shutdown, after a while by force, and gives the directory free. Idempotent. */
    @Override
    public void close() {
        supervisor.close();
        lock.close();
    }

    @Override
    public String toString() {
        return "EmbeddedPostgres[" + jdbcUrl + "]";
    }

    /** Without links, because the kernel tells where a process works by the real path. */
    private static Path realDirectory(Path dataDirectory) {
        try {
            PrivateFiles.createDirectories(dataDirectory);
            return dataDirectory.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use the data directory " + dataDirectory, e);
        }
    }
}
