package build.leash.app.freshness;

import build.leash.app.support.LeashClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Fetches, changes and disturbances, all at once, until so many answers are judged or one was wrong. */
final class Race {

    private static final int FETCHERS = 10;
    private static final int MAX_PAUSE_MILLIS = 30;

    private final List<Tenant> tenants;
    private final Supplier<LeashClient> anyNode;
    private final Disturbances disturbances;
    private final int fetches;
    private final Verdicts verdicts = new Verdicts();
    private volatile boolean ended;

    Race(List<Tenant> tenants, Supplier<LeashClient> anyNode, Disturbances disturbances, int fetches) {
        this.tenants = tenants;
        this.anyNode = anyNode;
        this.disturbances = disturbances;
        this.fetches = fetches;
    }

    Verdicts run() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < FETCHERS; i++) {
            threads.add(Thread.ofVirtual()
                    .start(new Fetcher(tenants, anyNode, new Random(i), this::goesOn, verdicts)));
        }
        for (Tenant tenant : tenants) {
            threads.add(Thread.ofVirtual().start(() -> repeat(tenant::changeAServer)));
            threads.add(Thread.ofVirtual().start(() -> repeat(tenant::changeAKeyOrThePlan)));
        }
        try {
            while (goesOn()) {
                disturbances.next();
            }
        } finally {
            ended = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return verdicts;
    }

    private boolean goesOn() {
        return !ended && verdicts.allRight() && (verdicts.judged() < fetches || !disturbances.allHappened());
    }

    private void repeat(Consumer<Random> change) {
        Random random = new Random();
        try {
            while (goesOn()) {
                change.accept(random);
                LockSupport.parkNanos(random.nextInt(MAX_PAUSE_MILLIS) * 1_000_000L);
            }
        } catch (RuntimeException | AssertionError e) {
            verdicts.wrong("A writer gave up: " + e);
        }
    }
}
