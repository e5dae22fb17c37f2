package build.leash.config.lookup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.AppKey;
import build.leash.access.api.KeyHash;
import build.leash.access.api.Rejected;
import build.leash.billing.api.Plan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class FreshViewsTest {

    private static final long MAX_BYTES = 1_000_000;
    private static final Consumer<AppKey> ANYBODY = app -> {};

    private final Registry registry = new Registry();
    private final KeyHash key = registry.issue();
    private final FreshViews views = over(registry, Duration.ZERO);

    private FreshViews over(ViewSource source, Duration staleFor) {
        Memory memory = new Memory(MAX_BYTES);
        return new FreshViews(source, registry, memory, new ReadCounts(new SimpleMeterRegistry(), memory),
                Clock.systemUTC(), staleFor);
    }

    private static long version(View view) {
        return requireNonNull(view.endpoint()).endpoint().version();
    }

    @Test
    void readsOnceAndThenOnlyConfirms() {
        registry.set("a", 1);

        for (int i = 0; i < 10; i++) {
            assertThat(version(views.of(key, "a", ANYBODY))).isEqualTo(1);
        }

        assertThat(registry.reads).hasValue(1);
        assertThat(registry.confirmations).hasValue(9);
    }

    @Test
    void readsAgainAfterEachChange() {
        for (int version = 1; version <= 10; version++) {
            registry.set("a", version);
            assertThat(version(views.of(key, "a", ANYBODY))).isEqualTo(version);
            assertThat(version(views.of(key, "a", ANYBODY))).isEqualTo(version);
        }

        assertThat(registry.reads).hasValue(10);
    }

    @Test
    void readsAgainWhatOtherThingsWereReadAfterAChange() {
        registry.set("a", 1);
        registry.set("b", 1);
        assertThat(version(views.of(key, "a", ANYBODY))).isEqualTo(1);
        registry.set("a", 2);
        assertThat(version(views.of(key, "b", ANYBODY))).isEqualTo(1);

        assertThat(version(views.of(key, "a", ANYBODY))).isEqualTo(2);
    }

    @Test
    void aRevokedKeyIsTurnedDownAtOnce() {
        registry.set("a", 1);
        assertThat(version(views.of(key, "a", ANYBODY))).isEqualTo(1);
        registry.revoke(key);

        isTurnedDown(key);
        isTurnedDown(key);
    }

    @Test
    void aKeyThatWasIssuedJustNowIsKnown() {
        KeyHash unknown = new KeyHash(1, 1, 1, 1);
        isTurnedDown(unknown);
        registry.set("a", 1);
        KeyHash issued = registry.issue();

        assertThat(version(views.of(issued, "a", ANYBODY))).isEqualTo(1);
    }

    @Test
    void aServerThatWasRegisteredJustNowIsKnown() {
        assertThat(views.of(key, "a", ANYBODY).endpoint()).isNull();
        assertThat(views.of(key, "a", ANYBODY).endpoint()).isNull();
        registry.set("a", 1);

        assertThat(version(views.of(key, "a", ANYBODY))).isEqualTo(1);
    }

    @Test
    void aPlanThatWasChangedIsKnown() {
        registry.set("a", 1);
        assertThat(views.of(key, "a", ANYBODY).plan()).isEqualTo(Plan.GROWTH);
        registry.move(Plan.STARTER);

        View view = views.of(key, "a", ANYBODY);

        assertThat(view.plan()).isEqualTo(Plan.STARTER);
        assertThat(view.endpoint()).isNull();
        assertThat(views.of(key, "a", ANYBODY).plan()).isEqualTo(Plan.STARTER);
        assertThat(registry.reads).as("a plan that is too small is remembered too").hasValue(2);
    }

    @Test
    void whoIsTurnedDownCausesNoRead() {
        assertThat(views.of(key, "a", ANYBODY).endpoint()).isNull();
        Rejected tooOften = new Rejected(AccessRejection.FORBIDDEN, "too often");

        for (int i = 0; i < 100; i++) {
            String slug = "no-server-" + i;
            assertThatExceptionOfType(Rejected.class).isThrownBy(() -> views.of(key, slug, app -> {
                throw tooOften;
            })).isSameAs(tooOften);
        }

        assertThat(registry.reads).hasValue(1);
    }

    @Test
    void tellsOnceWhoAsksWhereverTheAnswerComesFrom() {
        registry.set("a", 1);
        List<AppKey> told = new ArrayList<>();
        views.of(key, "a", told::add);
        assertThat(told).as("read").hasSize(1);
        views.of(key, "a", told::add);
        assertThat(told).as("from memory").hasSize(2);
        views.of(key, "b", told::add);
        assertThat(told).as("the key from memory, the slug read").hasSize(3);
        registry.set("a", 2);
        views.of(key, "a", told::add);
        assertThat(told).as("read again").hasSize(4);
    }

    private void isTurnedDown(KeyHash hash) {
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> views.of(hash, "a", ANYBODY)).satisfies(
                rejected -> assertThat(rejected.rejection()).isEqualTo(AccessRejection.INVALID_API_KEY));
    }

    /** The read saw the old version, and the new one was acknowledged before the second request began. */
    @Test
    void whoWaitsForTheReadOfAnotherDoesNotTakeWhatItSaw() throws Exception {
        registry.set("a", 1);
        CountDownLatch hasRead = new CountDownLatch(1);
        CountDownLatch mayReturn = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        FreshViews slow = over((hash, slug) -> {
            var view = registry.read(hash, slug);
            if (first.getAndSet(false)) {
                hasRead.countDown();
                await(mayReturn);
            }
            return view;
        }, Duration.ZERO);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<View> old = executor.submit(() -> slow.of(key, "a", ANYBODY));
            await(hasRead);
            registry.set("a", 2);
            List<Future<View>> late = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                late.add(executor.submit(() -> slow.of(key, "a", ANYBODY)));
            }
            mayReturn.countDown();

            assertThat(version(old.get())).isEqualTo(1);
            for (Future<View> view : late) {
                assertThat(version(view.get())).isEqualTo(2);
            }
        }
    }

    @Test
    void manyWhoAskAtOnceAreAnsweredByFewReads() throws Exception {
        registry.set("a", 1);
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<View>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(executor.submit(() -> {
                    await(start);
                    return views.of(key, "a", ANYBODY);
                }));
            }
            start.countDown();
            for (Future<View> view : all) {
                assertThat(version(view.get())).isEqualTo(1);
            }
        }

        assertThat(registry.reads.get()).isLessThan(10);
    }

    @Test
    void withoutTheDatabaseThereIsNoAnswer() {
        registry.set("a", 1);
        assertThat(version(views.of(key, "a", ANYBODY))).isEqualTo(1);
        registry.outOfReach(true);

        assertThatExceptionOfType(DataAccessResourceFailureException.class)
                .isThrownBy(() -> views.of(key, "a", ANYBODY));
        registry.outOfReach(false);
        assertThat(version(views.of(key, "a", ANYBODY))).isEqualTo(1);
    }

    @Test
    void anOldAnswerIsGivenIfTheOperatorWantsItAndSaysItsAge() {
        FreshViews lenient = over(registry, Duration.ofHours(1));
        registry.set("a", 1);
        assertThat(lenient.of(key, "a", ANYBODY).age()).isZero();
        registry.outOfReach(true);

        assertThat(version(lenient.of(key, "a", ANYBODY))).isEqualTo(1);
        assertThat(lenient.of(key, "a", ANYBODY).age()).isPositive();
        assertThatExceptionOfType(DataAccessResourceFailureException.class)
                .isThrownBy(() -> lenient.of(key, "b", ANYBODY));
    }

    @Test
    void anOldAnswerIsGivenNoLongerThanTheOperatorWantsIt() {
        FreshViews lenient = over(registry, Duration.ofNanos(1));
        registry.set("a", 1);
        assertThat(version(lenient.of(key, "a", ANYBODY))).isEqualTo(1);
        registry.outOfReach(true);

        assertThatExceptionOfType(DataAccessResourceFailureException.class)
                .isThrownBy(() -> lenient.of(key, "a", ANYBODY));
    }

    /** Many readers and a writer without rest: nobody sees less than what was acknowledged before the own call. */
    @Test
    void noCallSeesLessThanWasAcknowledgedBeforeIt() throws Exception {
        List<String> slugs = List.of("a", "b", "c");
        slugs.forEach(slug -> registry.set(slug, 0));
        AtomicLong acknowledged = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int reader = 0; reader < 6; reader++) {
                Random random = new Random(reader);
                readers.add(executor.submit(() -> readUntil(done, slugs, random, acknowledged)));
            }
            for (long version = 1; version <= 20_000; version++) {
                for (String slug : slugs) {
                    registry.set(slug, version);
                }
                acknowledged.set(version);
            }
            done.set(true);
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    private long readUntil(AtomicBoolean done, List<String> slugs, Random random, AtomicLong acknowledged) {
        long calls = 0;
        do {
            long before = acknowledged.get();
            long seen = version(views.of(key, slugs.get(random.nextInt(slugs.size())), ANYBODY));
            assertThat(seen).isGreaterThanOrEqualTo(before);
            calls++;
        } while (!done.get());
        return calls;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
