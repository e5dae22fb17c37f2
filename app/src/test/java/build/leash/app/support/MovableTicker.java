package build.leash.app.support;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What the application measures ages and pauses with: the system's, ahead by as much time as a test lets pass. */
public final class MovableTicker implements Ticker {

    private final AtomicLong passed = new AtomicLong();

    public void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    @Override
    public long read() {
        return System.nanoTime() + passed.get();
    }
}
