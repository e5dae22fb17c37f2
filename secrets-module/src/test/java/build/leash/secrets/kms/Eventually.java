package build.leash.secrets.kms;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Polls a condition until it holds, or fails when the time is over. */
public final class Eventually {

    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Eventually() {}

    public static void holds(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("It did not become true within " + DEADLINE);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
