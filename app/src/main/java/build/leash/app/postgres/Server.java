package build.leash.app.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the postmaster on the cluster, whatever an earlier run left behind. */
final class Server {

    static final String HOST = "127.0.0.1";

    /** How long a shutdown may take before it is a kill; the next start then recovers from the write-ahead log. */
    static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private static final Logger log = LoggerFactory.getLogger(Server.class);
    private static final int MAX_ATTEMPTS = 5;

    /** Crash recovery replays up to max_wal_size, 1 GB, of write-ahead log; a slow disk needs its time for that. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);

    private final Path cluster;
    private final ServerPrograms programs;

    Server(Path cluster, ServerPrograms programs) {
        this.cluster = cluster;
        this.programs = programs;
    }

    /** A postmaster that accepts connections on a port. */
    record Running(GuardedProcess process, int port) {}

    /** Starts on a port that is free. It may be taken before the server gets there: then another one is tried. */
    Running startOnFreePort() {
        return start(FreePort::choose);
    }

    /** Starts on the port that clients know. */
    Running startOn(int port) {
        return start(() -> port);
    }

    /** Tries one port after the other. */
    Running start(IntSupplier ports) {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            int port = ports.getAsInt();
            Optional<GuardedProcess> ready = tryOnce(port);
            if (ready.isPresent()) {
                return new Running(ready.get(), port);
            }
            log.warn("PostgreSQL did not start, attempt {} of {}", attempt, MAX_ATTEMPTS);
        }
        throw new EmbeddedPostgresException("PostgreSQL did not start; the end of its log:\n" + programs.logTail());
    }

    private Optional<GuardedProcess> tryOnce(int port) {
        new Survivors(cluster).end();
        GuardedProcess process = programs.start("postgres", cluster, ServerSettings.arguments(cluster, port));
        boolean ready = false;
        try {
            ready = awaitReady(process);
        } finally {
            if (!ready) {
                process.stop(STOP_GRACE);
            }
        }
        return ready ? Optional.of(process) : Optional.empty();
    }

    private boolean awaitReady(GuardedProcess process) {
        PostmasterFile file = PostmasterFile.in(cluster);
        boolean settled = Deadline.in(READY_LIMIT)
                .await(() -> !process.isAlive() || file.saysReady(process.processId()));
        return settled && process.isAlive();
    }
}
