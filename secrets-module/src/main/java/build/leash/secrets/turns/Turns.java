package build.leash.secrets.turns;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.SecretsRejection;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Never more than so many calls at once, of which one organization has a part at most: whatever it asks, however often
 * and however slow the answers are, the others have theirs. Whoever waits longest is next.
 */
public final class Turns {

    /** How many organizations it takes to have all turns. */
    private static final int PARTS = 8;

    private final Semaphore all;
    private final LoadingCache<OrganizationId, Semaphore> ofOne;

    /** @param atOnce how many calls are under way at once; an organization has an eighth of them, and at least one */
    public Turns(int atOnce) {
        this.all = new Semaphore(atOnce, true);
        int part = Math.max(1, atOnce / PARTS);
        this.ofOne = Caffeine.newBuilder().weakValues().build(organization -> new Semaphore(part, true));
    }

    /** The right to make one call, until it is closed. */
    public final class Turn implements AutoCloseable {

        private final Semaphore part;

        private Turn(Semaphore part) {
            this.part = part;
        }

        @Override
        public void close() {
            all.release();
            part.release();
        }
    }

    /** A turn for the organization; null if there is none for it in this time, or the thread is interrupted. */
    public @Nullable Turn take(OrganizationId organization, Duration maxWait) {
        long deadline = System.nanoTime() + maxWait.toNanos();
        Semaphore part = ofOne.get(organization);
        if (!isTaken(part, deadline)) {
            return null;
        }
        if (isTaken(all, deadline)) {
            return new Turn(part);
        }
        part.release();
        return null;
    }

    /**
     * A turn for the organization.
     *
     * @throws Rejected {@link SecretsRejection#SECRETS_UNAVAILABLE} if there is none for it in this time: a trouble of
     *         ours, and not of whoever was to be asked
     */
    public Turn mustTake(OrganizationId organization, Duration maxWait) {
        Turn turn = take(organization, maxWait);
        if (turn == null) {
            throw new Rejected(SecretsRejection.SECRETS_UNAVAILABLE,
                    "The organization asks too many servers outside at once.");
        }
        return turn;
    }

    private static boolean isTaken(Semaphore turns, long deadline) {
        try {
            return turns.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
