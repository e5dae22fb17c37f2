package build.leash.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Load from this JVM, one thread per connection. */
final class Load {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private Load() {}

    /**
     * What came of it.
     *
     * @param nanos how long each answer took, sorted
     */
    @SuppressWarnings("ArrayRecordComponent") // only read
    record Outcome(double perSecond, long[] nanos) {

        double millisAt(double quantile) {
            return nanos.length == 0 ? Double.NaN : nanos[(int) (quantile * (nanos.length - 1))] / 1e6;
        }
    }

    /** As many requests as come back. */
    static Outcome closed(Target target, int connections, Duration duration)
            throws ExecutionException, InterruptedException {
        long begun = System.nanoTime();
        long end = begun + duration.toNanos();
        List<long[]> all = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(connections)) {
            List<Future<long[]>> clients = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                clients.add(executor.submit(() -> client(target, end)));
            }
            for (Future<long[]> client : clients) {
                all.add(client.get());
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long[] nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Outcome(nanos.length / seconds, nanos);
    }

    private static long[] client(Target target, long end) throws IOException {
        long[] nanos = new long[1024];
        int count = 0;
        try (Connection connection = new Connection(target.port())) {
            for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                if (connection.exchange(target.request().apply(NUMBERS.getAndIncrement())) >= 300) {
                    throw new IllegalStateException(target.name() + " was answered:\n" + connection.answer());
                }
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = System.nanoTime() - begun;
            }
        }
        return Arrays.copyOf(nanos, count);
    }
}
