package build.leash.app.support;

import build.leash.app.Leash;
import build.leash.billing.api.Plan;
import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real application on a free port, with a data directory of its own and the embedded PostgreSQL in it. One is
 * {@link #shared} by all tests of the JVM and ends with it; tests that need other settings {@link #start} their own, or
 * a further {@link #node} on the same database.
 *
 * <p>
 * Tests that share an application do not disturb each other as long as each {@link #founds} organizations of its own.
 */
public final class RunningLeash implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Boot sets up the JVM's one logging system at every start, and fails when two applications do so at once. */
    private static final ReentrantLock LOGGING = new ReentrantLock();

    private final Path dataDirectory;
    private final MovableClock clock = new MovableClock();
    private final MovableTicker ticker = new MovableTicker();
    private final ConfigurableApplicationContext context;
    private final LeashClient client;

    private RunningLeash(Path dataDirectory, List<String> properties, Class<?>... furtherSources) {
        this.dataDirectory = dataDirectory;
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("server.port", "0");
        arguments.put("leash.data-dir", dataDirectory.toString());
        properties.forEach(property -> arguments.put(property.split("=", 2)[0], property.split("=", 2)[1]));
        context = run(arguments, furtherSources);
        URI baseUrl = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        client = new LeashClient(baseUrl, ApiContract.instance());
    }

    private ConfigurableApplicationContext run(Map<String, String> arguments, Class<?>... furtherSources) {
        LOGGING.lock();
        try {
            return new SpringApplicationBuilder(Leash.class).sources(furtherSources)
                    .initializers(this::replaceTime, _ -> LOGGING.unlock())
                    .run(arguments.entrySet().stream().map(argument -> "--" + argument).toArray(String[]::new));
        } catch (RuntimeException e) {
            deleteDirectory();
            throw e;
        } finally {
            if (LOGGING.isHeldByCurrentThread()) {
                LOGGING.unlock();
            }
        }
    }

    /** What a command answers that is an application itself, run while none of these sets up logging. */
    public static int command(IntSupplier command) {
        LOGGING.lock();
        try {
            return command.getAsInt();
        } finally {
            LOGGING.unlock();
        }
    }

    /** The application that all tests of this JVM share, on its default settings. Never close it. */
    public static RunningLeash shared() {
        return Shared.LEASH;
    }

    /**
     * A new application in a new data directory; removed when closed.
     *
     * @param properties each as {@code name=value}; the last of a name counts
     */
    public static RunningLeash start(String... properties) {
        return new RunningLeash(newDirectoryWithCluster(), List.of(properties));
    }

    /** A new application with further configuration classes. */
    public static RunningLeash startWith(Class<?>... furtherSources) {
        return new RunningLeash(newDirectoryWithCluster(), List.of(), furtherSources);
    }

    /** An application on the data directory of an earlier one; removes it when closed. */
    public static RunningLeash on(Path dataDirectory) {
        return new RunningLeash(dataDirectory, List.of());
    }

    /** Another node: an application of its own on the database, the keyring and the signing key of this one. */
    public RunningLeash node(String... properties) {
        JdbcConnectionDetails database = bean(JdbcConnectionDetails.class);
        List<String> all = new ArrayList<>(List.of("spring.datasource.url=" + database.getJdbcUrl(),
                "spring.datasource.username=" + database.getUsername(),
                "spring.datasource.password=" + database.getPassword(), "spring.datasource.hikari.maximum-pool-size=6",
                "leash.kms.local.keyring=" + dataDirectory.resolve("keyring"),
                "leash.audit.signing-key=" + dataDirectory.resolve("audit-signing-key")));
        all.addAll(List.of(properties));
        return new RunningLeash(newDirectory(), all);
    }

    public LeashClient client() {
        return client;
    }

    public URI baseUrl() {
        return client.baseUrl();
    }

    /** Sends these Latin-1 characters as bytes, and checks that an error is a problem document. */
    public LeashAnswer raw(String request) {
        LeashAnswer answer = RawHttp.send(baseUrl(), request);
        if (answer.status() >= 400) {
            ApiContract.instance().checkProblem("A raw request", answer);
        }
        return answer;
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    public MovableClock clock() {
        return clock;
    }

    public MovableTicker ticker() {
        return ticker;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All beans of a type. */
    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    public Object bean(String name) {
        return context.getBean(name);
    }

    public DataSource dataSource() {
        return bean(HikariDataSource.class);
    }

    /** What the first start wrote into {@code first-run.json}. */
    public JsonNode firstRun() {
        return JSON.readTree(dataDirectory.resolve("first-run.json").toFile());
    }

    /** The app key of the first organization. */
    public String appKey() {
        return firstRun().get("apiKey").stringValue();
    }

    /** The owner's management key of the first organization. */
    public String adminKey() {
        return firstRun().get("adminKey").stringValue();
    }

    /** A further organization on Growth, with an owner and keys of its own. */
    public TestOrganization founds() {
        return founds(Plan.GROWTH);
    }

    public TestOrganization founds(Plan plan) {
        return new TestOrganization(this, plan);
    }

    @Override
    public void close() {
        context.close();
        deleteDirectory();
    }

    private void replaceTime(ConfigurableApplicationContext starting) {
        GenericApplicationContext context = (GenericApplicationContext) starting;
        context.registerBean("movableClock", Clock.class, () -> clock, definition -> definition.setPrimary(true));
        context.registerBean("movableTicker", Ticker.class, () -> ticker, definition -> definition.setPrimary(true));
    }

    private void deleteDirectory() {
        try {
            FileSystemUtils.deleteRecursively(dataDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newDirectoryWithCluster() {
        Path directory = newDirectory();
        ClusterTemplate.copyInto(directory);
        return directory;
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("leash-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {

        static final RunningLeash LEASH = start();

        static {
            // Runs after the application's own shutdown hook has closed it.
            SpringApplication.getShutdownHandlers().add(LEASH::deleteDirectory);
        }
    }
}
