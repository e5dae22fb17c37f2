package build.leash.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Measures everything, what Leash does and what the machine can do taking turns, and writes the results. Arguments: the
 * folder for the results, then {@code --quick}, {@code --large} and {@code --soak}.
 */
public final class Benchmarks {

    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration SOAK = Duration.ofMinutes(10);
    private static final int HOT = 100;
    private static final int COPIES = 99_500;
    /** So many of the cold organizations are asked for at once, the others when the process is warm. */
    private static final int FIRST = 50;
    private static final int LAST_LINES = 100;

    private final Plan plan;
    private final Path folder;
    private final Path data;
    private final Figures figures;

    /**
     * How long and how often.
     *
     * @param soak zero for not at all
     */
    record Plan(boolean large, int rounds, Duration window, Duration warmUp, int cold, int starts, Duration soak) {

        static Plan of(List<String> arguments) {
            boolean large = arguments.contains("--large");
            Duration soak = arguments.contains("--soak") ? SOAK : Duration.ZERO;
            return arguments.contains("--quick")
                    ? new Plan(large, 3, Duration.ofSeconds(3), Duration.ofSeconds(8), 300, 2, soak)
                    : new Plan(large, 7, Duration.ofSeconds(10), Duration.ofSeconds(20), 400, 5, soak);
        }
    }

    private Benchmarks(Plan plan, Figures figures, Path folder) {
        this.plan = plan;
        this.figures = figures;
        this.folder = folder;
        this.data = folder.resolve("data");
    }

    public static void main(String[] arguments) throws Exception {
        List<String> all = Arrays.asList(arguments);
        Plan plan = Plan.of(all);
        Report report = new Report(Path.of(all.getFirst()), plan.large() ? "large" : "small");
        Figures figures = new Figures(report::writeIncomplete);
        Path folder = Files.createTempDirectory("leash-benchmark-");
        boolean complete = false;
        try {
            new Benchmarks(plan, figures, folder).run();
            complete = true;
        } finally {
            if (!complete) {
                tellEndsOfLogs(folder);
            }
            FileSystemUtils.deleteRecursively(folder);
            tell(Report.table(figures.all()));
        }
        report.write(figures.all());
    }

    private static void tellEndsOfLogs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
                List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
                tell("The end of " + log.getFileName() + ":");
                lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).forEach(Benchmarks::tell);
            }
        }
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        Dataset loaded = load();
        if (plan.large()) {
            try (NodeUnderTest small = start()) {
                new FetchBenchmark(small.port(), loaded, figures, folder, plan, "small: ").run();
            }
            copy();
        }
        new StartBenchmark(data, folder, figures, plan).run();
        Path now = folder.resolve("now.json");
        try (NodeUnderTest node = start("--benchmark.dataset=" + now)) {
            await(now, node);
            Dataset dataset = new Dataset(Dataset.read(now).database(), loaded.tenants(), loaded.cold());
            FetchBenchmark fetches = new FetchBenchmark(node.port(), dataset, figures, folder, plan, "");
            List<Dataset.Tenant> cold = dataset.cold();
            fetches.cold("in the first seconds of a process", cold.subList(0, FIRST));
            fetches.run();
            fetches.cold("of a warm process", cold.subList(FIRST, cold.size()));
            if (plan.large()) {
                figures.add("fetch, large data set to small one (x)",
                        figures.median(FetchBenchmark.RATE) / figures.median("small: " + FetchBenchmark.RATE));
            }
            figures.add("resident memory after the fetches (MB)", node.residentMegabytes());
            if (!plan.soak().isZero()) {
                new SoakBenchmark(node, fetches.fetch(), figures, plan).run();
            }
            new WriteBenchmark(node.port(), dataset, figures, folder, plan).run();
        }
    }

    private NodeUnderTest start(String... settings) throws IOException, InterruptedException {
        return NodeUnderTest.withFloor(data, folder.resolve("leash.log"), List.of(settings));
    }

    private Dataset load() throws IOException, InterruptedException {
        tell("Loading");
        Path file = folder.resolve("dataset.json");
        try (NodeUnderTest node = start("--benchmark.dataset=" + file, "--benchmark.hot=" + HOT,
                "--benchmark.cold=" + plan.cold())) {
            await(file, node);
        }
        return Dataset.read(file);
    }

    private void copy() throws IOException, InterruptedException {
        tell("Copying");
        Path file = folder.resolve("copies.json");
        try (NodeUnderTest node = start("--benchmark.dataset=" + file, "--benchmark.copies=" + COPIES)) {
            await(file, node);
        }
    }

    private static void await(Path file, NodeUnderTest node) {
        while (!Files.exists(file)) {
            if (!node.isAlive()) {
                throw new IllegalStateException("The node ended while it loaded");
            }
            LockSupport.parkNanos(POLL);
        }
    }

    static void tell(String text) {
        System.out.println(text);
    }
}
