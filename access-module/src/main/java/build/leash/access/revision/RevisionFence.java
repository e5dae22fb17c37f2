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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Confirms revisions in batches, as etcd confirms reads by its ReadIndex: whoever asks joins the batch that was not sent
 * yet, and one query, sent after the last of them has joined, answers all. So the database sees one query after the
 * other, however many requests there are, and nobody is answered by a query that was sent before they asked.
 *
 * <p>
 * The queries are sent by platform threads of the fence's own: a virtual thread that waits for a socket is woken by way
 * of another thread. A query that takes longer than
 * {@value #PATIENCE_MILLIS} ms no longer holds up the next, up to {@value #MAX_UNDER_WAY} at once.
 */
final class RevisionFence implements AutoCloseable {

    static final int MAX_BATCH = 1_000;
    static final int MAX_UNDER_WAY = 4;
    static final int PATIENCE_MILLIS = 5;
    /** Half a second in which nobody waited. */
    private static final int IDLE_ROUNDS = 100;
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);

    private final Function<Set<OrganizationId>, Map<OrganizationId, Confirmation>> query;
    private final long maxWait;
    /** Gives work to the thread that worked last; twice as many as needed, because one may not have ended quite yet. */
    private final ExecutorService senders = new ThreadPoolExecutor(1, 2 * MAX_UNDER_WAY, 1, TimeUnit.MINUTES,
            new SynchronousQueue<>(), Thread.ofPlatform().name("revision-fence-", 0).daemon(true).factory());
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean isWatched;

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
        lock.lock();
        try {
            batch = open();
            batch.join(organization);
            if (underWay == 0) {
                sendOnAnotherThread();
            } else if (!isWatched) {
                watchOnAnotherThread();
            }
        } finally {
            lock.unlock();
        }
        return batch.of(organization);
    }

    /** The batch that takes who comes now. */
    private Batch open() {
        Batch last = waiting.peekLast();
        if (last != null && !last.isFull()) {
            return last;
        }
        Batch batch = new Batch();
        waiting.addLast(batch);
        return batch;
    }

    private void watchOnAnotherThread() {
        isWatched = true;
        execute(this::watch, () -> isWatched = false);
    }

    /**
     * Looks whether a query holds up others for too long, for as long as any wait now and then. One thread does that for
     * all: a wait with a limit is dear to a virtual thread, since it wakes another twice.
     */
    private void watch() {
        for (int idle = 0; idle < IDLE_ROUNDS; idle++) {
            LockSupport.parkNanos(PATIENCE);
            lock.lock();
            try {
                if (!waiting.isEmpty()) {
                    idle = 0;
                }
                pressOn();
                isWatched = idle < IDLE_ROUNDS - 1;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Gives up what waits for too long, and has the first of the others sent beside the queries under way. */
    private void pressOn() {
        while (!waiting.isEmpty() && waiting.getFirst().age() > maxWait) {
            waiting.removeFirst().fail(busy());
        }
        if (!waiting.isEmpty() && waiting.getFirst().age() > PATIENCE && underWay < MAX_UNDER_WAY) {
            sendOnAnotherThread();
        }
    }

    private void sendOnAnotherThread() {
        underWay++;
        execute(this::sendWhatWaits, () -> underWay--);
    }

    private void execute(Runnable work, Runnable undo) {
        try {
            senders.execute(work);
        } catch (RejectedExecutionException e) {
            undo.run();
            waiting.forEach(batch -> batch.fail(busy()));
            waiting.clear();
        }
    }

    private void sendWhatWaits() {
        for (Batch batch = waiting(true); batch != null; batch = waiting(false)) {
            try {
                batch.answer(query.apply(batch.organizations()));
            } catch (RuntimeException | Error e) {
                batch.fail(e);
            }
        }
    }

    /**
     * Takes the first batch out of those that wait, so that nobody joins it any more. Whoever is about to join gets the
     * processor first, if they are short of it: the more of them share a query, the less it costs each.
     *
     * @param begins whether this is the sender's first; others are for the one that was there before
     * @return null if the sender is to end
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private @Nullable Batch waiting(boolean begins) {
        Thread.yield();
        lock.lock();
        try {
            Batch batch = begins || underWay == 1 ? waiting.pollFirst() : null;
            if (batch == null) {
                underWay--;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever still waits is told that there is no answer. */
    @Override
    public void close() {
        senders.shutdown();
    }

    private static Rejected busy() {
        return new Rejected(AccessRejection.STORAGE_UNAVAILABLE, "The storage gives no answer at the moment.");
    }
}
