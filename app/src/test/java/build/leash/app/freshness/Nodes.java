package build.leash.app.freshness;

import build.leash.app.support.LeashClient;
import build.leash.app.support.LeashProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Leash on several nodes, each a process, all on one database. */
final class Nodes implements AutoCloseable {

    private final List<LeashProcess> all;
    /** Zero while a node is up. */
    private final AtomicIntegerArray down;

    /** @param properties of the node of this number, each as {@code name=value} */
    Nodes(int count, Path folder, IntFunction<List<String>> properties) {
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<LeashProcess>> starting = IntStream.range(0, count)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> LeashProcess.start(folder.resolve("node-" + i),
                            folder.resolve("node-" + i + ".log"), properties.apply(i).toArray(String[]::new)),
                            starters))
                    .toList();
            all = starting.stream().map(CompletableFuture::join).toList();
        }
        down = new AtomicIntegerArray(count);
    }

    /** One that is up. */
    LeashClient any() {
        int first = ThreadLocalRandom.current().nextInt(all.size());
        return IntStream.range(0, all.size()).map(i -> (first + i) % all.size()).filter(i -> down.get(i) == 0)
                .mapToObj(i -> all.get(i).client()).findFirst().orElseThrow();
    }

    List<LeashProcess> all() {
        return all;
    }

    LeashProcess any(Random random) {
        return all.get(random.nextInt(all.size()));
    }

    void killAndRestart(int node) {
        down.set(node, 1);
        all.get(node).killAndRestart();
        down.set(node, 0);
    }

    double sum(ToDoubleFunction<LeashProcess> figure) {
        return all.stream().mapToDouble(figure).sum();
    }

    @Override
    public void close() {
        all.forEach(LeashProcess::kill);
    }
}
