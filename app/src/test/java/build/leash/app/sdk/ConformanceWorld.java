package build.leash.app.sdk;

import build.leash.access.api.Reads;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that {@code platform.json} names: a healthy platform, one in trouble, sockets that fail, and keys of all
 * kinds.
 */
final class ConformanceWorld implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final RunningLeash leash = RunningLeash.shared();
    private final RunningLeash troubled = leash.node("leash.rate-limit.requests-per-second=2",
            "spring.datasource.hikari.connection-timeout=250", "spring.datasource.hikari.maximum-pool-size=2",
            "leash.reads.connections=1", "leash.reads.timeout=1s",
            "leash.kms.local.keyring=" + leash.dataDirectory().resolve("no-such-keyring"));
    private final ServerSocket hangsUp = listen();
    private final ServerSocket silent = listen();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String> platforms = new HashMap<>();

    ConformanceWorld() {
        Thread.ofPlatform().daemon().name("hangs-up").start(this::hangUpOnEveryone);
        platforms.put("healthy", leash.baseUrl().toString());
        platforms.put("troubled", troubled.baseUrl().toString());
        platforms.put("without-database", troubled.baseUrl().toString());
        platforms.put("wrong-path", leash.baseUrl() + "/elsewhere");
        platforms.put("nobody", "http://127.0.0.1:" + closedPort());
        platforms.put("hangs-up", "http://127.0.0.1:" + hangsUp.getLocalPort());
        platforms.put("silent", "http://127.0.0.1:" + silent.getLocalPort());
        addKeys();
    }

    Map<String, String> platforms() {
        return platforms;
    }

    Map<String, String> keys() {
        return keys;
    }

    /** Does the work while the platform in trouble gets no connection to its database. */
    void withoutDatabase(Runnable work) {
        HikariDataSource pool = troubled.bean(HikariDataSource.class);
        try (var _ = pool.getConnection(); var _ = pool.getConnection()) {
            troubled.bean(Reads.class).inOneView(() -> {
                work.run();
                return true;
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        hangsUp.close();
        silent.close();
        troubled.close();
    }

    private void addKeys() {
        TestOrganization acme = leash.founds();
        acme.register("open", null);
        acme.register("sealed", "conformance-token");
        acme.register("revoked", null);
        leash.client().delete("/api/organization/mcp-servers/revoked").key(acme.adminKey()).send();
        SdkFixture env = new SdkFixture(leash, acme);
        env.declare("HELD", "HELD_TOO", "DECLARED_ONLY");
        env.value("HELD", "conformance-value");
        env.value("HELD_TOO", "conformance-value-too");
        keys.put("app", acme.appKey());
        keys.put("app-of-a-dead-source", appOfADeadSource());
        keys.put("busy", acme.appKeyFor("open"));
        keys.put("limited", acme.appKeyFor("sealed"));
        keys.put("starter", leash.founds(Plan.STARTER).appKey());
        keys.put("unknown", leash.founds().appKey().replaceFirst("lsk_live_.{8}", "lsk_live_00000000"));
        keys.put("malformed", "lsk_live_malformed");
        TestOrganization gone = leash.founds();
        leash.client().delete("/api/organization/api-keys/" + gone.appKeyId()).key(gone.adminKey()).send();
        keys.put("revoked", gone.appKey());
    }

    /** One of its sources is where no request may go, so that asking it fails without a look-up on any network. */
    private String appOfADeadSource() {
        TestOrganization organization = leash.founds();
        SdkFixture env = new SdkFixture(leash, organization);
        env.add(Map.of("name", "Dead", "kind", "webhook", "settings", Map.of("url", "https://127.0.0.1/env"),
                "credential", "a-secret-to-sign-with-of-32-chars", "apps", List.of("default")));
        env.declare("ELSEWHERE");
        return organization.appKey();
    }

    private void hangUpOnEveryone() {
        try {
            while (true) {
                hangsUp.accept().close();
            }
        } catch (IOException closed) {
            // The world has ended.
        }
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int closedPort() {
        try (ServerSocket socket = listen()) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
