package build.leash.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Rotations and registrations beside two plain inserts in a transaction. */
final class WriteBenchmark {

    private static final int CLIENTS = 32;
    private static final String ROTATE = "rotate, 32 clients (/s)";
    private static final String REGISTER = "register, 32 clients (/s)";
    private static final String PGBENCH = "two inserts by pgbench, 32 clients (/s)";

    private static final String STATEMENTS = "the statements of a rotation by pgbench, 32 clients (/s)";

    private final int port;
    private final Dataset dataset;
    private final Figures figures;
    private final Path folder;
    private final Benchmarks.Plan plan;

    WriteBenchmark(int port, Dataset dataset, Figures figures, Path folder, Benchmarks.Plan plan) {
        this.port = port;
        this.dataset = dataset;
        this.figures = figures;
        this.folder = folder;
        this.plan = plan;
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        Benchmarks.tell("Writing");
        Target rotate = new Target("rotate", port, this::rotate);
        Target register = new Target("register", port, this::register);
        Load.closed(rotate, CLIENTS, plan.warmUp());
        for (int round = 0; round < plan.rounds(); round++) {
            figures.add(ROTATE, rate(rotate, plan.window()));
            figures.add(REGISTER, rate(register, plan.window()));
            if (Pgbench.isThere()) {
                Pgbench pgbench = new Pgbench(folder, dataset.database());
                figures.add(PGBENCH, pgbench.inserts(CLIENTS, plan.window()));
                figures.add(STATEMENTS, pgbench.statements(CLIENTS, plan.window()));
                figures.addRatio("rotate to two inserts by pgbench (x)", ROTATE, PGBENCH);
                figures.addRatio("register to two inserts by pgbench (x)", REGISTER, PGBENCH);
                figures.addRatio("rotate to its statements by pgbench (x)", ROTATE, STATEMENTS);
            }
        }
    }

    private static double rate(Target target, Duration window) throws InterruptedException, ExecutionException {
        return Load.closed(target, CLIENTS, window).perSecond();
    }

    private byte[] rotate(long n) {
        Dataset.Tenant tenant = tenant(n);
        String slug = tenant.slugs().get((int) (n / dataset.tenants().size() % tenant.slugs().size()));
        return Target.request("POST", "/api/organization/mcp-servers/" + slug + "/rotate",
                Map.of("X-API-Key", tenant.adminKey()), "{\"token\":\"" + DatasetLoader.TOKEN + "\"}");
    }

    private byte[] register(long n) {
        return Target.request("POST", "/api/organization/mcp-servers", Map.of("X-API-Key", tenant(n).adminKey()), """
                {"slug":"n%d","url":"https://mcp.example.com/n","auth":{"type":"bearer","token":"%s"}}"""
                .formatted(n, DatasetLoader.TOKEN));
    }

    private Dataset.Tenant tenant(long n) {
        return dataset.tenants().get((int) (n % dataset.tenants().size()));
    }
}
