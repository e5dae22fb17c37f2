package build.leash.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;

/** Fetches beside a constant from the same process and a constant from nginx. */
final class FetchBenchmark {

    static final String RATE = "fetch, 32 connections (/s)";
    private static final String CONSTANT = "constant by Spring MVC in the same process, 32 connections (/s)";
    private static final String TOMCAT = "constant by Tomcat alone in the same process, 32 connections (/s)";
    private static final String NGINX = "constant by nginx, 32 connections (/s)";
    private static final int CONNECTIONS = 32;
    private static final Duration LEAD = Duration.ofSeconds(2);

    private final Figures figures;
    private final Path folder;
    private final Benchmarks.Plan plan;
    private final String prefix;
    private final int port;
    private final Target fetch;
    private final Target constant;
    private final Target bytes;

    /** @param prefix before the names of all figures */
    FetchBenchmark(int port, Dataset dataset, Figures figures, Path folder, Benchmarks.Plan plan, String prefix) {
        this.port = port;
        this.figures = figures;
        this.folder = folder;
        this.plan = plan;
        this.prefix = prefix;
        this.fetch = new Target("fetch", port, n -> request(dataset.tenants(), n));
        this.constant = new Target("constant", port,
                n -> Target.request("GET", ConstantController.PATH, Map.of("Accept", "*/*"), ""));
        this.bytes = new Target("bytes", port,
                n -> Target.request("GET", ConstantFilter.PATH, Map.of("Accept", "*/*"), ""));
    }

    Target fetch() {
        return fetch;
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        Benchmarks.tell(prefix + "Fetching");
        rate(fetch, CONNECTIONS, plan.warmUp());
        rate(constant, CONNECTIONS, plan.warmUp().dividedBy(2));
        for (int round = 0; round < plan.rounds(); round++) {
            round();
        }
    }

    private void round() throws IOException, InterruptedException, ExecutionException {
        add(RATE, rate(fetch, CONNECTIONS, plan.window()));
        add(CONSTANT, rate(constant, CONNECTIONS, plan.window()));
        add(TOMCAT, rate(bytes, CONNECTIONS, plan.window()));
        figures.addRatio(prefix + "fetch to the constant by Spring MVC (x)", prefix + RATE, prefix + CONSTANT);
        if (Programs.find("nginx").isPresent()) {
            try (Nginx nginx = Nginx.start(folder, Constant.BODY)) {
                add(NGINX, rate(new Target("nginx", nginx.port(), fetch.request()), CONNECTIONS, plan.window()));
            }
            figures.addRatio(prefix + "fetch to the constant by nginx (x)", prefix + RATE, prefix + NGINX);
        }
        add("fetch, 1 connection, p50 (ms)", median(fetch));
        add("constant by Spring MVC, 1 connection, p50 (ms)", median(constant));
        Load.Outcome half = PacedLoad.run(fetch, CONNECTIONS, LEAD, plan.window(), figures.median(prefix + RATE) / 2);
        add("fetch at half the rate, p50 (ms)", half.millisAt(0.5));
        add("fetch at half the rate, p99 (ms)", half.millisAt(0.99));
        Load.Outcome floor = PacedLoad.run(constant, CONNECTIONS, LEAD, plan.window(),
                figures.median(prefix + RATE) / 2);
        add("constant by Spring MVC at the same rate, p99 (ms)", floor.millisAt(0.99));
    }

    /** The first fetch of each organization, none of which this node has ever seen. */
    void cold(String when, List<Dataset.Tenant> cold) throws IOException {
        try (Connection connection = new Connection(port)) {
            for (Dataset.Tenant tenant : cold) {
                byte[] request = request(List.of(tenant), new Random().nextInt(DatasetLoader.SERVERS));
                long begun = System.nanoTime();
                noneFailed(connection.exchange(request) == 200 ? 0 : 1);
                add("first fetch of a cold organization " + when + " (ms)", (System.nanoTime() - begun) / 1e6);
            }
        }
    }

    private void add(String name, double value) {
        figures.add(prefix + name, value);
    }

    private double rate(Target target, int connections, Duration window)
            throws IOException, InterruptedException, ExecutionException {
        if (Wrk.isThere()) {
            Wrk.Outcome outcome = new Wrk(folder).run(target, connections, window);
            noneFailed(outcome.failures());
            return outcome.perSecond();
        }
        return Load.closed(target, connections, window).perSecond();
    }

    private double median(Target target) throws InterruptedException, ExecutionException {
        return Load.closed(target, 1, plan.window()).millisAt(0.5);
    }

    private static void noneFailed(long failures) {
        if (failures > 0) {
            throw new IllegalStateException(failures + " requests failed");
        }
    }

    private static byte[] request(List<Dataset.Tenant> tenants, long n) {
        Dataset.Tenant tenant = tenants.get((int) (n % tenants.size()));
        String slug = tenant.slugs().get((int) (n / tenants.size() % tenant.slugs().size()));
        return Target.request("GET", "/api/integrations/mcp-config/" + slug, Map.of("X-API-Key", tenant.appKey()), "");
    }

}
