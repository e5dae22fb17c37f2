package build.leash.app.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition instead of a time. */
public final class Poll {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Poll() {}

    /** Returns as soon as the condition holds; fails if it does not within {@code LIMIT}. */
    public static void until(String what, BooleanSupplier condition) {
        until(LIMIT, what, condition);
    }

    /** Returns as soon as the condition holds; fails if it does not within the limit. */
    public static void until(Duration limit, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + limit + ": " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
