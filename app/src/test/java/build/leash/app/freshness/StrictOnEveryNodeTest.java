package build.leash.app.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fetches race with changes of everything that they depend on, each through whichever node, while nodes are killed and
 * stopped and their connections to the database are cut. No answer may be older than what was acknowledged before its
 * request began.
 *
 * <p>
 * One of the nodes runs in this JVM, beside the database, and stays. {@code leash.strictness.nodes} says how many there
 * are in processes of their own, {@code leash.strictness.fetches} how many answers are compared.
 */
class StrictOnEveryNodeTest {

    private static final int NODES = Integer.getInteger("leash.strictness.nodes", 1);
    private static final int FETCHES = Integer.getInteger("leash.strictness.fetches", 3_000);
    private static final int TENANTS = 3;
    private static final int FETCHERS = 6;
    private static final int PAUSE_MILLIS = 300;

    @TempDir
    private Path temporary;

    private final AtomicInteger judged = new AtomicInteger();
    private final AtomicBoolean disturbed = new AtomicBoolean();
    private final Collection<String> violations = new ConcurrentLinkedQueue<>();

    @Test
    void noAnswerIsOlderThanWhatWasAcknowledgedBeforeItsRequest() throws InterruptedException {
        try (RunningLeash first = RunningLeash.start("leash.rate-limit.requests-per-second=1000000")) {
            List<NodeProcess> others = new ArrayList<>();
            try {
                IntStream.range(0, NODES).forEach(i -> others.add(
                        new NodeProcess(temporary.resolve("node-" + i), settings(first))));
                Supplier<LeashClient> anyNode = anyOf(LeashClient.to(first.baseUrl()), others);
                List<Place> tenants = IntStream.range(0, TENANTS)
                        .mapToObj(i -> new Place(() -> new Tenant(first.founds(), anyNode))).toList();
                race(first.bean(JdbcClient.class), others, anyNode, tenants);
                assertThat(violations).isEmpty();
                assertThat(judged.get()).isGreaterThanOrEqualTo(FETCHES);
                assertThat(tenants).allSatisfy(place -> assertThat(place.changes()).isGreaterThan(10));
            } finally {
                others.forEach(NodeProcess::close);
            }
        }
    }

    private void race(JdbcClient database, List<NodeProcess> others, Supplier<LeashClient> anyNode,
            List<Place> tenants) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < FETCHERS; i++) {
            threads.add(Thread.ofVirtual().start(new Fetcher(tenants, anyNode, new Random(i),
                    this::goesOn, judged, violations)));
        }
        for (Place place : tenants) {
            threads.add(Thread.ofVirtual().start(() -> repeat(random -> place.tenant().changeAServer(random))));
            threads.add(Thread.ofVirtual().start(() -> repeat(place::changeAKeyOrThePlan)));
        }
        disturb(database, others);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private boolean goesOn() {
        return violations.isEmpty() && (judged.get() < FETCHES || !disturbed.get());
    }

    private void repeat(Consumer<Random> change) {
        Random random = new Random();
        try {
            while (goesOn()) {
                change.accept(random);
            }
        } catch (RuntimeException | AssertionError e) {
            violations.add("A writer gave up: " + e);
        }
    }

    /** Each in its turn, so that also the shortest run has met all of them. */
    private void disturb(JdbcClient database, List<NodeProcess> nodes) {
        for (int round = 0; goesOn(); round++) {
            NodeProcess node = nodes.get(round / 3 % nodes.size());
            switch (round % 3) {
                case 0 -> {
                    node.pause();
                    LockSupport.parkNanos(Duration.ofMillis(PAUSE_MILLIS).toNanos());
                    node.resume();
                }
                case 1 -> cutConnections(database);
                default -> {
                    node.killAndRestart();
                    disturbed.set(true);
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(PAUSE_MILLIS).toNanos());
        }
    }

    /** About half of those of all nodes. */
    private static void cutConnections(JdbcClient database) {
        database.sql("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where application_name like 'leash%' and pid <> pg_backend_pid() and random() < 0.5
                """).query(Long.class).single();
    }

    private static Supplier<LeashClient> anyOf(LeashClient first, List<NodeProcess> others) {
        return () -> {
            int node = ThreadLocalRandom.current().nextInt(others.size() + 1);
            return node == 0 ? first : others.get(node - 1).client();
        };
    }

    private static List<String> settings(RunningLeash first) {
        JdbcConnectionDetails database = first.bean(JdbcConnectionDetails.class);
        return List.of("--spring.datasource.url=" + database.getJdbcUrl(),
                "--spring.datasource.username=" + database.getUsername(),
                "--spring.datasource.password=" + database.getPassword(),
                "--spring.datasource.hikari.maximum-pool-size=6",
                "--leash.kms.local.keyring=" + first.dataDirectory().resolve("keyring"),
                "--leash.rate-limit.requests-per-second=1000000");
    }
}
