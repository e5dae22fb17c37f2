package build.leash.app.audit.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work that a few threads share. */
final class Work {

    private static final int WORKERS = 2;

    private Work() {}

    /** Begins it in its order; after a failure nothing further is begun. */
    static void inParallel(List<Runnable> work) {
        Queue<Runnable> left = new ConcurrentLinkedQueue<>(work);
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                all.add(workers.submit(() -> empty(left)));
            }
            all.forEach(Work::await);
        }
    }

    static void await(Future<?> work) {
        try {
            work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The replay failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The replay was interrupted", e);
        }
    }

    private static void empty(Queue<Runnable> left) {
        try {
            for (Runnable next = left.poll(); next != null; next = left.poll()) {
                next.run();
            }
        } finally {
            left.clear();
        }
    }
}
