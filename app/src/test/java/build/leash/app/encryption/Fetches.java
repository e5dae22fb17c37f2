package build.leash.app.encryption;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.TestOrganization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Apps that fetch, about 50 times a second in all, while a test does something else. Each token must be the right one. */
final class Fetches implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final List<TestOrganization> organizations;
    private final int servers;
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean stopped;

    private Fetches(List<TestOrganization> organizations, int servers) {
        this.organizations = organizations;
        this.servers = servers;
        this.thread = Thread.ofPlatform().start(this::run);
    }

    /** Registers {@code s0}, {@code s1}, … in each organization. */
    static void register(TestOrganization organization, int servers) {
        for (int n = 0; n < servers; n++) {
            organization.register("s" + n, token(organization, n));
        }
    }

    static Fetches of(int servers, TestOrganization... organizations) {
        return new Fetches(List.of(organizations), servers);
    }

    static String token(TestOrganization organization, int server) {
        return organization.id() + "~" + server;
    }

    /** Whether the server's token comes out. */
    static String outcome(TestOrganization organization, int server) {
        LeashAnswer answer = organization.fetch("s" + server);
        if (answer.status() != 200) {
            return answer.outcome();
        }
        String header = answer.json().at("/data/headers/Authorization").stringValue();
        return header.equals("Bearer " + token(organization, server)) ? "200" : "200 with another token";
    }

    /** How many succeeded. */
    long served() {
        LongAdder served = outcomes.get("200");
        return served == null ? 0 : served.sum();
    }

    void serveFurther(long count) {
        long then = served() + count;
        Poll.until(count + " further fetches are served, " + outcomes, () -> served() >= then);
    }

    /** What else came, and how often. */
    Map<String, Long> failures() {
        Map<String, Long> failures = new ConcurrentHashMap<>();
        outcomes.forEach((outcome, count) -> failures.put(outcome, count.sum()));
        failures.remove("200");
        return failures;
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    private void run() {
        List<Thread> underWay = new ArrayList<>();
        for (int n = 0; !stopped; n++) {
            TestOrganization organization = organizations.get(n % organizations.size());
            int server = n / organizations.size() % servers;
            underWay.add(Thread.startVirtualThread(() -> note(organization, server)));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        underWay.forEach(Fetches::join);
    }

    private void note(TestOrganization organization, int server) {
        String outcome;
        try {
            outcome = outcome(organization, server);
        } catch (RuntimeException | AssertionError e) {
            outcome = e.toString();
        }
        outcomes.computeIfAbsent(outcome, key -> new LongAdder()).increment();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
