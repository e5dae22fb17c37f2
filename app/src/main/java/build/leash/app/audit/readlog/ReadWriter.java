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
        List<ReadLog.Entry> batch = new ArrayList<>();
        long number = 1;
        try {
            while (!isClosed || !waiting.isEmpty() || !repeated.isEmpty() || !batch.isEmpty()) {
                boolean isAgain = !batch.isEmpty();
                if (!isAgain) {
                    begin(batch);
                }
                if (!batch.isEmpty() && isWritten(number, batch, isAgain)) {
                    number++;
                    batch.forEach(entry -> entry.committed().complete(true));
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            LOG.error("The read log was interrupted with {} entries unwritten", batch.size() + waiting.size());
        }
    }

    private void begin(List<ReadLog.Entry> batch) throws InterruptedException {
        batch.addAll(repeated.before(isClosed ? Instant.MAX : clock.instant()));
        ReadLog.Entry first = waiting.poll(FIRST_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            waiting.drainTo(batch, MAX_BATCH);
        }
    }

    private boolean isWritten(long number, List<ReadLog.Entry> batch, boolean isAgain) throws InterruptedException {
        try {
            stored.begin(number).ifPresent(open -> write(open, batch, isAgain));
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The read log cannot be written now, {} entries wait: {}", batch.size() + waiting.size(),
                    e.getClass().getSimpleName());
            if (isClosed) {
                throw new InterruptedException("No second attempt at the end");
            }
            LockSupport.parkNanos(RETRY);
            return false;
        }
    }

    /** A batch that is written again stays as it was, because it may be in. */
    private void write(ReadBatch open, List<ReadLog.Entry> batch, boolean isAgain) {
        try (open) {
            open.add(reads(batch));
            if (!isStrict && !isAgain) {
                addWhatComes(open, batch);
            }
            open.commit();
        }
    }

    private void addWhatComes(ReadBatch open, List<ReadLog.Entry> batch) {
        long end = System.nanoTime() + BATCH;
        while (!isClosed && batch.size() < MAX_BATCH && System.nanoTime() < end) {
            LockSupport.parkNanos(PIECE);
            int before = batch.size();
            waiting.drainTo(batch, MAX_BATCH - before);
            open.add(reads(batch.subList(before, batch.size())));
        }
    }

    private static List<Read> reads(List<ReadLog.Entry> entries) {
        return entries.stream().map(ReadLog.Entry::read).toList();
    }
}
