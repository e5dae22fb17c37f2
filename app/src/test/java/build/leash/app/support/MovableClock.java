package build.leash.app.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The application's clock: the system's, moved by as much as a test wants. The database keeps its own time. */
public final class MovableClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    /** Runs the work with the clock so far ahead (or, if negative, behind), then puts it right again. */
    public void ahead(Duration by, Runnable work) {
        ahead = by;
        try {
            work.run();
        } finally {
            ahead = Duration.ZERO;
        }
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The application's clock is in UTC");
    }
}
