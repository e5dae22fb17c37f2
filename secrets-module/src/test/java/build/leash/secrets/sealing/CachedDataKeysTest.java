package build.leash.secrets.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.kms.Eventually;
import build.leash.secrets.kms.emulator.KmsEmulator;
import build.leash.secrets.kms.gcp.Gcp;
import build.leash.secrets.kms.gcp.GcpKms;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the cache promises, with the real client, the emulator, and a time that only moves when it is told to. */
class CachedDataKeysTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final OrganizationId a = OrganizationId.random();
    private final OrganizationId b = OrganizationId.random();
    private KmsEmulator emulator;
    private GcpKms gcp;
    private House house;

    @BeforeEach
    void start() {
        emulator = KmsEmulator.start();
        gcp = Gcp.at(emulator, new SimpleMeterRegistry());
        house = new House(gcp);
    }

    @AfterEach
    void stop() {
        house.close();
        gcp.close();
        emulator.close();
    }

    private String keyOf(OrganizationId organization) {
        return KmsEmulator.KEY_RING + "/cryptoKeys/org-" + organization;
    }

    private long calls() {
        return emulator.counts().all();
    }

    /** Lets time pass in steps, with a fetch at each. */
    private void passWhileFetching(Duration time, OrganizationId organization, SecretRef ref) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(SECOND)) {
            house.time.pass(SECOND);
            assertThat(house.open(organization, ref)).isEqualTo("token");
        }
    }

    @Test
    void asksKmsOnceForManyFetches() {
        SecretRef ref = house.seal(a, "token");
        long before = calls();
        IntStream.range(0, 1_000).forEach(i -> assertThat(house.open(a, ref)).isEqualTo("token"));
        assertThat(calls()).isEqualTo(before);
        assertThat(house.count("leash.secrets.data.key.lookups", "result", "hit")).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void refreshesAKeyInUseBeforeItsAgeIsOverAndNobodyWaits() {
        SecretRef ref = house.seal(a, "token");
        double misses = house.count("leash.secrets.data.key.lookups", "result", "miss");
        long before = calls();
        for (int minute = 1; minute <= 5; minute++) {
            house.time.pass(House.MAX_AGE.minus(House.REFRESH_AHEAD));
            assertThat(house.open(a, ref)).isEqualTo("token");
            double refreshes = minute;
            Eventually.holds(() -> house.meters.get("leash.secrets.data.key.refreshes").counter().count() == refreshes);
            assertThat(house.open(a, ref)).isEqualTo("token");
            assertThat(calls()).isEqualTo(before + minute);
        }
        assertThat(house.count("leash.secrets.data.key.lookups", "result", "miss")).isEqualTo(misses);
    }

    @Test
    void letsNobodyWaitForASlowRefresh() {
        SecretRef ref = house.seal(a, "token");
        emulator.faults().delay(Gcp.DEADLINE.dividedBy(2));
        double misses = house.count("leash.secrets.data.key.lookups", "result", "miss");
        house.time.pass(House.MAX_AGE.minus(SECOND));
        IntStream.range(0, 100).forEach(i -> house.open(a, ref));
        assertThat(house.count("leash.secrets.data.key.lookups", "result", "miss")).isEqualTo(misses);
    }

    @Test
    void asksKmsAgainForAKeyThatNobodyUsedForLongerThanItsAge() {
        SecretRef ref = house.seal(a, "token");
        long before = calls();
        house.time.pass(House.MAX_AGE);
        assertThat(house.open(a, ref)).isEqualTo("token");
        assertThat(calls()).isEqualTo(before + 1);
    }

    @Test
    void stopsServingWithinItsAgeWhenKmsSaysNoAndOthersNoticeNothing() {
        SecretRef ofA = house.seal(a, "token");
        SecretRef ofB = house.seal(b, "token");
        emulator.disable(keyOf(a), "1");
        house.time.pass(House.MAX_AGE.minus(House.REFRESH_AHEAD));
        house.open(a, ofA);
        Eventually.holds(() -> House.isUnavailable(() -> house.open(a, ofA)));
        assertThat(House.isUnavailable(() -> house.seal(a, "new"))).isTrue();
        assertThat(house.open(b, ofB)).isEqualTo("token");
        house.seal(b, "new");
        assertThat(house.count("leash.secrets.not.opened", "reason", "kms_not_usable")).isPositive();
    }

    @Test
    void dropsTheKeyThatKmsRefusesEvenIfKmsIsOutOfReachAfterwards() {
        SecretRef ref = house.seal(a, "token");
        emulator.faultsOf(keyOf(a)).deny();
        house.time.pass(House.MAX_AGE);
        assertThat(House.isUnavailable(() -> house.open(a, ref))).isTrue();
        emulator.stop();
        house.time.pass(House.RETRY_EVERY);
        assertThat(House.isUnavailable(() -> house.open(a, ref))).isTrue();
        emulator.resume();
    }

    @Test
    void asksARefusingKmsNowAndThenOnly() {
        SecretRef ref = house.seal(a, "token");
        emulator.faultsOf(keyOf(a)).deny();
        house.time.pass(House.MAX_AGE);
        long before = calls();
        IntStream.range(0, 200).forEach(i -> assertThat(House.isUnavailable(() -> house.open(a, ref))).isTrue());
        assertThat(calls()).isEqualTo(before + 1);
        emulator.faultsOf(keyOf(a)).clear();
        house.time.pass(House.RETRY_EVERY);
        assertThat(house.open(a, ref)).isEqualTo("token");
    }

    @Test
    void servesOnForTenMinutesWithoutKmsWhileWritesFail() {
        SecretRef ref = house.seal(a, "token");
        emulator.stop();
        passWhileFetching(Duration.ofMinutes(10), a, ref);
        IntStream.range(0, 20).forEach(i -> assertThat(House.isUnavailable(() -> house.seal(a, "new"))).isTrue());
        assertThat(house.count("leash.secrets.data.key.lookups", "result", "grace")).isPositive();
        emulator.resume();
        Eventually.holds(() -> {
            house.time.pass(House.RETRY_EVERY.dividedBy(10));
            return house.open(a, ref).equals("token") && !House.isUnavailable(() -> house.seal(a, "new"));
        });
    }

    @Test
    void turnsWritesDownAlmostAtOnceAlsoWhileKmsSwallowsEveryCall() {
        house.seal(a, "token");
        emulator.faults().delay(Gcp.DEADLINE.multipliedBy(4));
        house.time.pass(House.MAX_AGE);
        assertThat(House.isUnavailable(() -> house.seal(a, "new"))).isTrue(); // waits through all deadlines, once
        for (int i = 0; i < 4; i++) {
            house.time.pass(House.RETRY_EVERY);
            long before = calls();
            assertThat(House.isUnavailable(() -> house.seal(a, "new"))).isTrue();
            assertThat(calls() - before).as("calls that are waited for").isLessThanOrEqualTo(1);
        }
        emulator.faults().clear();
        Eventually.holds(() -> {
            house.time.pass(House.RETRY_EVERY);
            return !House.isUnavailable(() -> house.seal(a, "new"));
        });
    }

    @Test
    void servesOnAlsoForOneWhoComesRarely() {
        SecretRef ref = house.seal(a, "token");
        emulator.faults().failWith(Status.UNAVAILABLE);
        for (int i = 0; i < 3; i++) {
            house.time.pass(Duration.ofMinutes(4));
            assertThat(house.open(a, ref)).isEqualTo("token");
        }
    }

    @Test
    void servesNoLongerThanTheGrace() {
        SecretRef ref = house.seal(a, "token");
        emulator.stop();
        passWhileFetching(House.MAX_AGE.plus(House.GRACE).minus(SECOND), a, ref);
        house.time.pass(SECOND);
        assertThat(House.isUnavailable(() -> house.open(a, ref))).isTrue();
        emulator.resume();
    }

    @Test
    void asksOnceHoweverManyWait() {
        SecretRef ref = house.seal(a, "token");
        house.time.pass(House.MAX_AGE);
        emulator.faults().delay(Duration.ofMillis(100));
        long before = calls();
        try (ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<String>> fetches = new ArrayList<>();
            IntStream.range(0, 200).forEach(
                    i -> fetches.add(CompletableFuture.supplyAsync(() -> house.open(a, ref), fetchers)));
            assertThat(fetches).allSatisfy(fetch -> assertThat(fetch.join()).isEqualTo("token"));
        }
        assertThat(calls()).isEqualTo(before + 1);
    }

    @Test
    void tellsAllWhoWaitThatKmsGivesNoAnswer() {
        SecretRef ref = house.seal(a, "token");
        house.time.pass(House.MAX_AGE.plus(House.GRACE));
        emulator.faults().delay(Gcp.DEADLINE.multipliedBy(2));
        try (ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Boolean>> fetches = IntStream.range(0, 100).mapToObj(i -> CompletableFuture
                    .supplyAsync(() -> House.isUnavailable(() -> house.open(a, ref)), fetchers)).toList();
            assertThat(fetches).allSatisfy(fetch -> assertThat(fetch.join()).isTrue());
        }
        emulator.faults().clear();
    }

    @Test
    void tellsWhetherItIsThisSecretThatIsSealed() {
        SecretRef ref = house.seal(a, "token");
        assertThat(holds(ref, "token")).isTrue();
        assertThat(holds(ref, "another")).isFalse();
        assertThat(holds(new SecretRef(UUID.randomUUID(), 1), "token")).as("one that is gone").isFalse();
        emulator.disable(keyOf(a), "1");
        house.time.pass(House.MAX_AGE.plus(House.GRACE));
        assertThat(holds(ref, "token")).as("one that nobody opens any more").isFalse();
    }

    @Test
    void tellsSoInTheGraceAndSaysNothingAfterwardsWhileKmsGivesNoAnswer() {
        SecretRef ref = house.seal(a, "token");
        emulator.stop();
        house.time.pass(House.MAX_AGE);
        assertThat(holds(ref, "token")).isTrue();
        house.time.pass(House.GRACE);
        assertThat(House.isUnavailable(() -> holds(ref, "token"))).isTrue();
        emulator.resume();
    }

    private boolean holds(SecretRef ref, String secret) {
        try (PlainSecret plain = PlainSecret.of(secret)) {
            return house.vault.holds(House.bearerOf(a), ref, plain);
        }
    }

    @Test
    void forgetsAnOrganization() {
        SecretRef ref = house.seal(a, "token");
        long before = calls();
        house.dataKeys.forget(a);
        assertThatCode(() -> house.open(a, ref)).doesNotThrowAnyException();
        assertThat(calls()).isEqualTo(before + 1);
    }
}
