package build.leash.app.postgres;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A moment on the monotonic clock after which waiting is over. */
record Deadline(long nanoTime) {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    long remainingNanos() {
        return Math.max(0, nanoTime - System.nanoTime());
    }

    boolean passed() {
        return remainingNanos() == 0;
    }

    /**
     * Polls until the condition holds, and answers whether it did before the deadline.
     *
     * @throws EmbeddedPostgresException when the thread is interrupted; its interrupt flag stays set
     */
    boolean await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (passed()) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new EmbeddedPostgresException("Interrupted while waiting for the embedded PostgreSQL.");
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
        return true;
    }
}
