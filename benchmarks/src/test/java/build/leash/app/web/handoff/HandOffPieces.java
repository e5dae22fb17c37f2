package build.leash.app.web.handoff;

import build.leash.access.api.Actor;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.Caller;
import build.leash.access.api.Confirmation;
import build.leash.access.api.DisplayName;
import build.leash.access.api.KeyHash;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainApiKey;
import build.leash.access.api.Revisions;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import build.leash.app.Leash;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Subscriptions;
import build.leash.config.api.HandOff;
import build.leash.config.api.HandOffs;
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
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * What a hand-off is made of, piece by piece, in the application as it is: with its own PostgreSQL, and all in memory that
 * would be there in the middle of a day.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class HandOffPieces {

    private static final Slug SLUG = Slug.of("server");
    private static final int CONNECTIONS = 32;

    private final HandOffJson json = new HandOffJson();
    private final OrganizationId organization = OrganizationId.random();
    private Path folder;
    private ConfigurableApplicationContext leash;
    private HandOffs handOffs;
    private Revisions revisions;
    private String key;
    private HandOffs.Asked asked;
    private HandOff.Endpoint endpoint;

    @Setup
    public void start() throws IOException {
        folder = Files.createTempDirectory("leash-pieces-");
        leash = new SpringApplicationBuilder(Leash.class).run("--server.port=0", "--leash.data-dir=" + folder);
        handOffs = leash.getBean(HandOffs.class);
        revisions = leash.getBean(Revisions.class);
        Caller owner = new Caller(organization, Actor.system("benchmark"), Role.OWNER, "pieces");
        DisplayName name = DisplayName.of("Pieces");
        leash.getBean(Organizations.class).found(owner, name, PersonId.random());
        leash.getBean(Subscriptions.class).start(owner, Plan.GROWTH);
        leash.getBean(McpServers.class).register(owner, new Registration(SLUG, name,
                HttpsUrl.of("https://mcp.example.com/server"), Transport.STREAMABLE_HTTP,
                new BearerToken(PlainSecret.of("benchmark-token-0123456789abcdefghijklmnopqrstuvwxyz")),
                RequestedHeaders.NONE));
        key = leash.getBean(ApiKeys.class).issue(owner, new ApiKeyRequest(ApiKeyKind.APP, name, null, null, null))
                .plain().reveal();
        asked = handOffs.ask(key, SLUG.value(), app -> {});
        endpoint = openSecret();
    }

    @TearDown
    public void stop() throws IOException {
        leash.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    @Benchmark
    public KeyHash hashKey() {
        return KeyHash.of(PlainApiKey.parse(key).orElseThrow().sha256());
    }

    /** The round trip to the database alone, which one at a time has to wait for. */
    @Benchmark
    public Confirmation fence() {
        return revisions.confirm(organization);
    }

    /** The same for as many at once as there are connections, who share the round trip. */
    @Benchmark
    @Threads(CONNECTIONS)
    public Confirmation fenceShared() {
        return revisions.confirm(organization);
    }

    /** Hash, look-up in memory, and fence. */
    @Benchmark
    @Threads(CONNECTIONS)
    public HandOffs.Asked lookUpShared() {
        return handOffs.ask(key, SLUG.value(), app -> {});
    }

    @Benchmark
    public HandOff.Endpoint openSecret() {
        return (HandOff.Endpoint) asked.handOff(version -> false);
    }

    @Benchmark
    public byte[] writeAnswer() {
        return json.write(endpoint);
    }
}
