package build.leash.app.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.BesideOthers;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ten minutes of fetches over HTTP, with the cache's defaults. Only what the cache measures ages with is moved. */
@BesideOthers
class TenMinutesTest {

    private static final int ORGANIZATIONS = 100;
    private static final int FETCHES = 10_000;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final int CONCURRENT_CALLS = 16;

    private static final List<TestOrganization> ORGANIZATION = new ArrayList<>();

    private static KmsLeash house;
    private static LeashClient client;

    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() {
        house = new KmsLeash("leash.kms.cache.max-age=60s", "leash.kms.cache.refresh-ahead=6s",
                "leash.kms.cache.retry-every=5s", "leash.kms.cache.concurrent-calls=" + CONCURRENT_CALLS);
        client = LeashClient.to(house.leash.baseUrl());
        for (int n = 0; n < ORGANIZATIONS; n++) {
            TestOrganization organization = house.leash.founds();
            Fetches.register(organization, 1);
            ORGANIZATION.add(organization);
        }
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    private static String outcome(LeashClient node, TestOrganization organization) {
        LeashAnswer answer = node.get("/api/integrations/mcp-config/s0").key(organization.appKey()).send();
        return answer.status() == 200 && !answer.text().contains("Bearer " + Fetches.token(organization, 0))
                ? "another token"
                : answer.outcome();
    }

    /** One fetch of each, all at once. */
    private void fetchAll(LeashClient node, Stream<TestOrganization> organizations) {
        try (ExecutorService apps = Executors.newVirtualThreadPerTaskExecutor()) {
            organizations.forEach(organization -> apps.execute(() -> outcomes
                    .computeIfAbsent(outcome(node, organization), key -> new LongAdder()).increment()));
        }
    }

    private void allServed(long fetches) {
        assertThat(outcomes).containsOnlyKeys("200");
        assertThat(outcomes.get("200").sum()).isEqualTo(fetches);
    }

    private static long calls() {
        return house.emulator.counts().all();
    }

    @Test
    void tenThousandFetchesOfAHundredOrganizationsCostAboutOneKmsCallPerOrganizationAndMinute() {
        fetchAll(client, ORGANIZATION.stream());
        outcomes.clear();
        long before = calls();
        int rounds = FETCHES / ORGANIZATIONS;
        for (int round = 0; round < rounds; round++) {
            house.leash.ticker().pass(TEN_MINUTES.dividedBy(rounds));
            fetchAll(client, ORGANIZATION.stream());
        }
        allServed(FETCHES);
        long inTenMinutes = ORGANIZATIONS * TEN_MINUTES.toMinutes();
        assertThat(calls() - before).isBetween(inTenMinutes * 9 / 10, inTenMinutes * 6 / 5);
    }

    @Test
    void aNodeThatStartsColdAsksOnceForEachOrganizationHoweverManyFetch() {
        int each = 3;
        try (RunningLeash cold = house.node("leash.kms.cache.max-age=60s", "leash.kms.cache.refresh-ahead=6s",
                "leash.kms.cache.concurrent-calls=" + CONCURRENT_CALLS)) {
            house.emulator.faults().delay(Duration.ofMillis(5));
            long before = calls();
            fetchAll(LeashClient.to(cold.baseUrl()),
                    ORGANIZATION.stream().flatMap(organization -> Stream.of(organization, organization, organization)));
            allServed(ORGANIZATIONS * each);
            assertThat(calls() - before).isEqualTo(ORGANIZATIONS);
            assertThat(house.emulator.counts().mostUnderWay()).isLessThanOrEqualTo(CONCURRENT_CALLS);
        } finally {
            house.emulator.faults().clear();
        }
    }

    @Test
    void anOutageOfTenMinutesCostsWarmOrganizationsNothingAndIsOverWithinAMinute() {
        List<TestOrganization> warm = ORGANIZATION.subList(0, 10);
        int rounds = 100;
        fetchAll(client, warm.stream());
        outcomes.clear();
        house.emulator.stop();
        house.leash.ticker().pass(Duration.ofSeconds(60));
        fetchAll(client, warm.stream());
        for (int round = 1; round < rounds; round++) {
            house.leash.ticker().pass(TEN_MINUTES.dividedBy(rounds));
            fetchAll(client, warm.stream());
            isTurnedDown(warm.get(round % warm.size()));
        }
        allServed(warm.size() * rounds);
        house.emulator.resume();
        Poll.until(Duration.ofMinutes(1), "writes are taken again",
                () -> warm.stream().allMatch(organization -> write(organization).status() == 200));
        outcomes.clear();
        fetchAll(client, ORGANIZATION.stream());
        allServed(ORGANIZATIONS);
    }

    @Test
    void anOutageLongerThanTheGraceIsTold() {
        TestOrganization organization = ORGANIZATION.getLast();
        Poll.until("it is warm", () -> outcome(client, organization).equals("200"));
        house.emulator.stop();
        house.leash.ticker().pass(Duration.ofSeconds(60));
        assertThat(outcome(client, organization)).isEqualTo("200");
        house.leash.ticker().pass(Duration.ofMinutes(15).minusSeconds(30));
        assertThat(outcome(client, organization)).isEqualTo("200");
        house.leash.ticker().pass(Duration.ofSeconds(30));
        assertThat(outcome(client, organization)).isEqualTo("503 secrets_unavailable");
        house.emulator.resume();
        Poll.until(Duration.ofMinutes(1), "it is served again", () -> outcome(client, organization).equals("200"));
    }

    private static void isTurnedDown(TestOrganization organization) {
        LeashAnswer answer = write(organization);
        assertThat(answer.outcome()).isEqualTo("503 secrets_unavailable");
        assertThat(answer.header("Retry-After")).isNotNull();
    }

    private static LeashAnswer write(TestOrganization organization) {
        return house.leash.client()
                .post("/api/organization/mcp-servers/s0/rotate",
                        "{\"token\": \"" + Fetches.token(organization, 0) + "\"}")
                .key(organization.adminKey()).send();
    }
}
