package build.leash.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts of the packaged application on data that is there, with and without the AOT cache (JEP 483, JEP 514), taking
 * turns. The cache wants jars, so the application is unpacked into its own first.
 */
final class StartBenchmark {

    private static final Path JAR = Path.of("app/target/app-0.1.0-SNAPSHOT.jar");

    private final Path data;
    private final Path folder;
    private final Figures figures;
    private final Benchmarks.Plan plan;

    StartBenchmark(Path data, Path folder, Figures figures, Benchmarks.Plan plan) {
        this.data = data;
        this.folder = folder;
        this.figures = figures;
        this.plan = plan;
    }

    void run() throws IOException, InterruptedException {
        Benchmarks.tell("Starting");
        Path unpacked = folder.resolve("unpacked");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Programs.run(List.of(java, "-Djarmode=tools", "-jar", JAR.toString(), "extract", "--destination",
                unpacked.toString()), List.of());
        String jar = unpacked.resolve(JAR.getFileName()).toString();
        Path cache = folder.resolve("leash.aot");
        start("-XX:AOTCacheOutput=" + cache, "-jar", jar).close();
        if (!Files.exists(cache)) {
            throw new IllegalStateException("The JVM made no AOT cache");
        }
        for (int i = 0; i < plan.starts(); i++) {
            try (NodeUnderTest node = start("-jar", jar)) {
                figures.add("start to first 200 (s)", node.startTime().toMillis() / 1e3);
            }
            try (NodeUnderTest node = start("-XX:AOTCache=" + cache, "-jar", jar)) {
                figures.add("start to first 200 with the AOT cache (s)", node.startTime().toMillis() / 1e3);
                figures.add("resident memory after the start (MB)", node.residentMegabytes());
            }
        }
    }

    private NodeUnderTest start(String... program) throws IOException, InterruptedException {
        return NodeUnderTest.start(List.of(program), data, folder.resolve("start.log"), List.of());
    }
}
