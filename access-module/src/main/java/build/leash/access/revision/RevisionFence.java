package build.leash.access.revision;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Confirmation;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Confirms revisions in batches, as etcd confirms reads by its ReadIndex: whoever asks joins the batch that was not sent
 * yet, and one query, sent after the last of them has joined, answers all. So the database sees one query after the
 * other, however many requests there are, and nobody is answered by a query that was sent before they asked.
 *
 * <p>
 * Whoever opens a batch sends it, on the own thread: at once if no query is under way, else when one comes back. A query
 * that takes longer than {@value #PATIENCE_MILLIS} ms no longer holds up the next, up to {@value #MAX_UNDER_WAY} at once.
 */
final class RevisionFence {

    static final int MAX_BATCH = 1_000;
    static final int MAX_UNDER_WAY = 4;
    static final int PATIENCE_MILLIS = 5;
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);

    private final Function<Set<OrganizationId>, Map<OrganizationId, Confirmation>> query;
    private final long maxWait;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * A fence before this query.
     *
     * @param query answers each of the organizations, or fails, in bounded time
     * @param maxWait how long a batch waits for its turn before it is given up
     */
    RevisionFence(Function<Set<OrganizationId>, Map<OrganizationId, Confirmation>> query, Duration maxWait) {
        this.query = query;
        this.maxWait = maxWait.toNanos();
    }

    /** As {@link build.leash.access.api.Revisions#confirm}. */
    Confirmation confirm(OrganizationId organization) {
        Batch batch;
        boolean opened;
        lock.lock();
        try {
            Batch last = waiting.peekLast();
            opened = last == null || last.isFull();
            batch = opened ? open() : last;
            batch.join(organization);
        } finally {
            lock.unlock();
        }
        if (opened && itsTurnComes(batch)) {
            send(batch);
        }
        return batch.of(organization);
    }

    private Batch open() {
        Batch batch = new Batch(lock.newCondition());
        waiting.addLast(batch);
        return batch;
    }

    /** Takes the batch out of those that wait, so that nobody joins it any more. */
    private boolean itsTurnComes(Batch batch) {
        long opened = System.nanoTime();
        lock.lock();
        try {
            while (!mayGo(batch, System.nanoTime() - opened)) {
                if (System.nanoTime() - opened > maxWait) {
                    throw busy();
                }
                long _ = batch.turn.awaitNanos(PATIENCE);
            }
            underWay++;
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            batch.fail(busy());
            return false;
        } catch (Rejected e) {
            batch.fail(e);
            return false;
        } finally {
            waiting.remove(batch);
            lock.unlock();
        }
    }

    private boolean mayGo(Batch batch, long waited) {
        return waiting.peekFirst() == batch
                && (underWay == 0 || (waited >= PATIENCE && underWay < MAX_UNDER_WAY));
    }

    private void send(Batch batch) {
        try {
            Map<OrganizationId, Confirmation> found = query.apply(batch.organizations());
            letTheNextGo();
            batch.answer(found);
        } catch (RuntimeException | Error e) {
            letTheNextGo();
            batch.fail(e);
        }
    }

    private void letTheNextGo() {
        lock.lock();
        try {
            underWay--;
            Batch next = waiting.peekFirst();
            if (next != null) {
                next.turn.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private static Rejected busy() {
        return new Rejected(AccessRejection.STORAGE_UNAVAILABLE, "The storage gives no answer at the moment.");
    }
}
