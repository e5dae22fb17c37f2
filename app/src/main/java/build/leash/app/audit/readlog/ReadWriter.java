package build.leash.app.audit.readlog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes what the read log took. It sends entries on every few milliseconds and commits them every
 * fifth of a second: who reads meanwhile finds the processor taken for moments only, and entries need not wake it.
 */
final class ReadWriter {

    private static final int MAX_BATCH = 10_000;
    private static final long FIRST_MILLIS = 200;
    private static final long PIECE = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long BATCH = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Logger LOG = LoggerFactory.getLogger(ReadWriter.class);

    private final StoredReads stored;
    private final BlockingQueue<ReadLog.Entry> waiting;
    private final RepeatedRefusals repeated;
    private final boolean isStrict;
    private final Clock clock;
    private final List<ReadLog.Entry> taken = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("read-log").daemon(true).unstarted(this::writeUntilClosed);
    private volatile boolean isClosed;

    /** @param isStrict whether somebody waits for each entry, so that none waits for others to come */
    ReadWriter(StoredReads stored, BlockingQueue<ReadLog.Entry> waiting, RepeatedRefusals repeated, boolean isStrict,
            Clock clock) {
        this.stored = stored;
        this.waiting = waiting;
        this.repeated = repeated;
        this.isStrict = isStrict;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /** Writes what waits, then ends; gives that so much time. */
    void close(Duration limit) {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        UnwrittenReads reads = new UnwrittenReads(isStrict);
        long number = 1;
        try {
            while (!isClosed || !waiting.isEmpty() || !repeated.isEmpty() || !reads.isEmpty()) {
                boolean isAgain = !reads.isEmpty();
                if (!isAgain) {
                    begin(reads);
                }
                if (!reads.isEmpty() && isWritten(number, reads, isAgain)) {
                    number++;
                    reads.written();
                }
            }
        } catch (InterruptedException e) {
            LOG.error("The read log was interrupted with {} entries unwritten", reads.count() + waiting.size());
        }
    }

    private void begin(UnwrittenReads reads) throws InterruptedException {
        repeated.before(isClosed ? Instant.MAX : clock.instant()).forEach(reads::add);
        ReadLog.Entry first = waiting.poll(FIRST_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            reads.add(first);
            addWhatWaits(reads);
        }
    }

    private void addWhatWaits(UnwrittenReads reads) {
        waiting.drainTo(taken, Math.max(0, MAX_BATCH - reads.count()));
        taken.forEach(reads::add);
        taken.clear();
    }

    private boolean isWritten(long number, UnwrittenReads reads, boolean isAgain) throws InterruptedException {
        try {
            stored.begin(number).ifPresent(open -> write(open, reads, isAgain));
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The read log cannot be written now, {} entries wait: {}", reads.count() + waiting.size(),
                    e.getClass().getSimpleName());
            if (isClosed) {
                throw new InterruptedException("No second attempt at the end");
            }
            LockSupport.parkNanos(RETRY);
            return false;
        }
    }

    /** Reads that are written again stay as they were, because they may be in. */
    private void write(ReadBatch open, UnwrittenReads reads, boolean isAgain) {
        try (open) {
            open.send(reads);
            if (!isStrict && !isAgain) {
                sendWhatComes(open, reads);
            }
            open.commit(reads);
        }
    }

    private void sendWhatComes(ReadBatch open, UnwrittenReads reads) {
        long end = System.nanoTime() + BATCH;
        while (!isClosed && reads.count() < MAX_BATCH && System.nanoTime() < end) {
            LockSupport.parkNanos(PIECE);
            addWhatWaits(reads);
            open.send(reads);
        }
    }
}
