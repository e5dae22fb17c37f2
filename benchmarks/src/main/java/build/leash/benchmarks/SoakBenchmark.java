package build.leash.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches at seven tenths of what the node can do, for as long as it takes to see that nothing grows and nothing fails. */
final class SoakBenchmark {

    private static final int CONNECTIONS = 32;
    private static final double LOAD = 0.7;

    private final NodeUnderTest node;
    private final Target fetch;
    private final Figures figures;
    private final Benchmarks.Plan plan;

    SoakBenchmark(NodeUnderTest node, Target fetch, Figures figures, Benchmarks.Plan plan) {
        this.node = node;
        this.fetch = fetch;
        this.figures = figures;
        this.plan = plan;
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        Benchmarks.tell("Soaking for " + plan.soak().toMinutes() + " minutes");
        double most = figures.median(FetchBenchmark.RATE);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<Load.Outcome> load = executor
                    .submit(() -> PacedLoad.run(fetch, CONNECTIONS, Duration.ZERO, plan.soak(), LOAD * most));
            goOnFor(plan.soak().dividedBy(10), load);
            note("after a tenth of the time");
            goOnFor(plan.soak().multipliedBy(8).dividedBy(10), load);
            note("after nine tenths");
            Load.Outcome outcome = load.get();
            figures.add("soak, fetch (/s)", outcome.perSecond());
            figures.add("soak, p99 (ms)", outcome.millisAt(0.99));
        }
    }

    private void note(String when) throws IOException, InterruptedException {
        NodeUnderTest.Use use = node.use();
        figures.add("soak, live heap " + when + " (MB)", use.liveMegabytes());
        figures.add("soak, threads " + when + " (threads)", use.threads());
        figures.add("soak, open files and connections " + when + " (files)", use.files());
    }

    /** Ends early only if the load does, which then has failed. */
    private static void goOnFor(Duration time, Future<Load.Outcome> load)
            throws InterruptedException, ExecutionException {
        try {
            load.get(time.toMillis(), TimeUnit.MILLISECONDS);
            throw new IllegalStateException("The load ended before its time");
        } catch (TimeoutException e) {
            Benchmarks.tell("  no failure in " + time.toSeconds() + " s");
        }
    }
}
