package build.leash.benchmarks;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.Actor;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.access.api.PersonId;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Subscriptions;
import build.leash.registry.api.BearerToken;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RequestedHeaders;
import build.leash.registry.api.Transport;
import build.leash.secrets.api.PlainSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes organizations through the modules' façades, events, projections, seals and all, and for the large set copies one
 * of them in SQL, log and read models alike, as often as it takes.
 */
@Component
@ConditionalOnProperty("benchmark.dataset")
class DatasetLoader implements ApplicationRunner {

    static final String TOKEN = "benchmark-token-0123456789abcdefghijklmnopqrstuvwxyz";
    static final int SERVERS = 10;
    private static final int THREADS = 8;

    private final Environment environment;
    private final JdbcConnectionDetails database;
    private final JdbcClient jdbc;
    private final Organizations organizations;
    private final Subscriptions subscriptions;
    private final ApiKeys keys;
    private final McpServers servers;

    DatasetLoader(Environment environment, JdbcConnectionDetails database, JdbcClient jdbc,
            Organizations organizations, Subscriptions subscriptions, ApiKeys keys, McpServers servers) {
        this.environment = environment;
        this.database = database;
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.subscriptions = subscriptions;
        this.keys = keys;
        this.servers = servers;
    }

    @Override
    public void run(ApplicationArguments arguments) throws ExecutionException, InterruptedException, IOException {
        List<Dataset.Tenant> hot = found(number("benchmark.hot"), TOKEN);
        List<Dataset.Tenant> cold = found(number("benchmark.cold"), TOKEN);
        int copies = number("benchmark.copies");
        if (copies > 0) {
            OrganizationId template = OrganizationId.random();
            found(template, null);
            new Copies(jdbc, template.value()).make(copies);
        }
        jdbc.sql("create schema if not exists benchmark").update();
        for (String table : List.of("first_row", "second_row")) {
            jdbc.sql("create table if not exists benchmark." + table
                    + " (id bigint generated always as identity primary key, payload text)").update();
        }
        Path file = Path.of(environment.getRequiredProperty("benchmark.dataset"));
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        new Dataset(new Dataset.Database(database.getJdbcUrl(), requireNonNull(database.getUsername()),
                requireNonNull(database.getPassword())), hot, cold).write(unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private int number(String property) {
        return environment.getProperty(property, Integer.class, 0);
    }

    private List<Dataset.Tenant> found(int count, String token) throws ExecutionException, InterruptedException {
        try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Dataset.Tenant>> founded = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                founded.add(executor.submit(() -> found(OrganizationId.random(), token)));
            }
            List<Dataset.Tenant> tenants = new ArrayList<>();
            for (Future<Dataset.Tenant> tenant : founded) {
                tenants.add(tenant.get());
            }
            return tenants;
        }
    }

    private Dataset.Tenant found(OrganizationId id, @Nullable String token) {
        Caller owner = new Caller(id, Actor.system("benchmark"), Role.OWNER, UUID.randomUUID().toString());
        organizations.found(owner, DisplayName.of("Organization " + id), PersonId.random());
        subscriptions.start(owner, Plan.GROWTH);
        List<String> slugs = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            Slug slug = Slug.of("server-" + i);
            servers.register(owner, new Registration(slug, DisplayName.of(slug.value()),
                    HttpsUrl.of("https://mcp.example.com/" + slug), Transport.STREAMABLE_HTTP,
                    token == null ? null : new BearerToken(PlainSecret.of(token)), RequestedHeaders.NONE));
            slugs.add(slug.value());
        }
        return new Dataset.Tenant(issue(owner, ApiKeyKind.APP, null), issue(owner, ApiKeyKind.MANAGEMENT, Role.OWNER),
                slugs);
    }

    private String issue(Caller owner, ApiKeyKind kind, @Nullable Role role) {
        return keys.issue(owner, new ApiKeyRequest(kind, DisplayName.of("benchmark"), role, null, null)).plain()
                .reveal();
    }
}
