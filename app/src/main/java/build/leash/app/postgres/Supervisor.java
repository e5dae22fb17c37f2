package build.leash.app.postgres;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the postmaster again, on the same port, when it ends while this JVM lives, so that connection pools recover
 * by themselves. It never gives up; the pause between failures doubles up to a limit.
 */
final class Supervisor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Server server;
    private final int port;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("postgres-supervisor").unstarted(this::watch);
    private volatile GuardedProcess process;

    private Supervisor(Server server, Server.Running running) {
        this.server = server;
        this.port = running.port();
        this.process = running.process();
    }

    static Supervisor of(Server server, Server.Running running) {
        Supervisor supervisor = new Supervisor(server, running);
        supervisor.thread.start();
        return supervisor;
    }

    long processId() {
        return process.processId();
    }

    /** Ends the supervision first and the server then; answers when both are over. Idempotent. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        awaitThread();
        process.stop(Server.STOP_GRACE);
    }

    private void watch() {
        try {
            while (!isClosing()) {
                process.awaitExit();
                restart();
            }
        } catch (InterruptedException e) {
            log.debug("Supervision of PostgreSQL ends");
        }
    }

    private void restart() throws InterruptedException {
        log.warn("PostgreSQL (process {}) ended unexpectedly; starting it again on port {}", processId(), port);
        Duration pause = FIRST_PAUSE;
        while (!isClosing() && !tryRestart()) {
            closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private boolean tryRestart() {
        try {
            process = server.startOn(port).process();
            log.info("PostgreSQL (process {}) is back on port {}", processId(), port);
            return true;
        } catch (RuntimeException e) {
            if (!isClosing()) {
                log.error("PostgreSQL cannot be started again, will try once more", e);
            }
            return false;
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void awaitThread() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
