package build.leash.access.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.Confirmation;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevisionFenceTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final OrganizationId ACME = OrganizationId.random();

    private final AtomicInteger queries = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicLong state = new AtomicLong();
    private final Semaphore held = new Semaphore(0);
    private final List<RevisionFence> fences = new ArrayList<>();

    private RevisionFence fence(Function<Set<OrganizationId>, Map<OrganizationId, Confirmation>> query,
            Duration maxWait) {
        RevisionFence fence = new RevisionFence(query, maxWait);
        fences.add(fence);
        return fence;
    }

    @AfterEach
    void stop() {
        held.release(Integer.MAX_VALUE / 2);
        fences.forEach(RevisionFence::close);
    }

    /** What the database would say: the state at the moment of the query, for each of the organizations. */
    private Map<OrganizationId, Confirmation> query(Set<OrganizationId> organizations) {
        assertThat(organizations).hasSizeBetween(1, RevisionFence.MAX_BATCH);
        queries.incrementAndGet();
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            Confirmation now = new Confirmation(new UUID(0, state.get()), Instant.EPOCH);
            return organizations.stream().collect(Collectors.toMap(organization -> organization, any -> now));
        } finally {
            underWay.decrementAndGet();
        }
    }

    private Map<OrganizationId, Confirmation> heldQuery(Set<OrganizationId> organizations) {
        underWay.incrementAndGet();
        mostUnderWay.accumulateAndGet(underWay.get(), Math::max);
        held.acquireUninterruptibly();
        underWay.decrementAndGet();
        return query(organizations);
    }

    @Test
    void asksForEachWhoComesAlone() {
        RevisionFence fence = fence(this::query, LONG);

        for (int i = 0; i < 5; i++) {
            fence.confirm(ACME);
        }

        assertThat(queries).hasValue(5);
    }

    @Test
    void whoAsksWhileAQueryIsUnderWayIsAnsweredByALaterOne() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch mayReturn = new CountDownLatch(1);
        RevisionFence fence = fence(organizations -> {
            Map<OrganizationId, Confirmation> found = query(organizations);
            if (queries.get() == 1) {
                sent.countDown();
                awaitQuietly(mayReturn);
            }
            return found;
        }, LONG);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Confirmation> first = executor.submit(() -> fence.confirm(ACME));
            awaitQuietly(sent);
            state.set(1);
            List<Future<Confirmation>> later = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                later.add(executor.submit(() -> fence.confirm(ACME)));
            }
            for (Future<Confirmation> confirmation : later) {
                assertThat(confirmation.get().revision()).isEqualTo(new UUID(0, 1));
            }
            mayReturn.countDown();
            assertThat(first.get().revision()).isEqualTo(new UUID(0, 0));
        }
        assertThat(queries.get()).as("queries for 101 who ask").isLessThan(60);
    }

    @Test
    void manyOrganizationsShareOneQueryUpToItsLimit() throws Exception {
        RevisionFence fence = fence(this::heldQuery, LONG);
        int asking = 3 * RevisionFence.MAX_BATCH;
        List<FutureTask<Confirmation>> all = Stream
                .generate(() -> new FutureTask<>(() -> fence.confirm(OrganizationId.random()))).limit(asking).toList();
        List<Thread> threads = all.stream().map(Thread.ofVirtual()::start).toList();
        allWait(threads);
        held.release(asking);
        for (Future<Confirmation> one : all) {
            assertThat(one.get()).isNotNull();
        }
        assertThat(queries.get()).isBetween(3, asking / 2);
    }

    @Test
    void aSlowQueryHoldsUpNobodyForLongAndFewAreUnderWayAtOnce() throws Exception {
        RevisionFence fence = fence(this::heldQuery, LONG);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Confirmation>> all = new ArrayList<>();
            for (int expected = 1; expected <= RevisionFence.MAX_UNDER_WAY; expected++) {
                all.add(executor.submit(() -> fence.confirm(ACME)));
                until(expected);
            }
            all.add(executor.submit(() -> fence.confirm(ACME)));
            held.release(all.size());
            for (Future<Confirmation> one : all) {
                assertThat(one.get()).isNotNull();
            }
        }
        assertThat(mostUnderWay).hasValue(RevisionFence.MAX_UNDER_WAY);
    }

    @Test
    void whoCannotBeAnsweredInTimeIsToldSo() throws Exception {
        RevisionFence fence = fence(this::heldQuery, Duration.ofMillis(50));
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Confirmation>> stuck = new ArrayList<>();
            for (int expected = 1; expected <= RevisionFence.MAX_UNDER_WAY; expected++) {
                stuck.add(executor.submit(() -> fence.confirm(ACME)));
                until(expected);
            }

            assertThatExceptionOfType(Rejected.class).isThrownBy(() -> fence.confirm(ACME)).satisfies(
                    rejected -> assertThat(rejected.rejection()).isEqualTo(AccessRejection.STORAGE_UNAVAILABLE));

            held.release(stuck.size() + 1);
            for (Future<Confirmation> one : stuck) {
                assertThat(one.get()).isNotNull();
            }
            assertThat(fence.confirm(ACME)).as("later").isNotNull();
        }
    }

    @Test
    void aQueryThatFailsFailsThoseWhoWaitForItAndNobodyElse() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        RevisionFence fence = fence(organizations -> {
            if (turn.getAndIncrement() % 2 == 0) {
                throw new IllegalStateException("broken connection");
            }
            return query(organizations);
        }, LONG);

        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> fence.confirm(ACME));
            assertThat(fence.confirm(ACME)).isNotNull();
        }
    }

    @Test
    void whoComesAfterItsEndIsToldThatThereIsNoAnswer() {
        RevisionFence fence = fence(this::query, LONG);
        assertThat(fence.confirm(ACME)).isNotNull();
        fence.close();
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(Rejected.class).isThrownBy(() -> fence.confirm(ACME));
        }
    }

    /** A writer without rest, and many who ask: nobody is told less than was true when they began to ask. */
    @Test
    void nobodyIsAnsweredByAQueryThatWasSentBeforeTheyAsked() throws Exception {
        RevisionFence fence = fence(this::query, LONG);
        try (ExecutorService executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(executor.submit(() -> asksOverAndOver(fence)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private void asksOverAndOver(RevisionFence fence) {
        for (int i = 0; i < 5_000; i++) {
            long before = state.incrementAndGet();
            assertThat(fence.confirm(ACME).revision().getLeastSignificantBits()).isGreaterThanOrEqualTo(before);
        }
    }

    private void until(int expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (underWay.get() < expected && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(underWay).hasValue(expected);
    }

    private static void allWait(List<Thread> threads) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Set<Thread.State> waiting = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
        while (!threads.stream().map(Thread::getState).allMatch(waiting::contains)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
