package build.leash.app.web.env;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.BesideOthers;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What reads get while a source, the key management service or a notification is in trouble, and how many ask. */
@BesideOthers
@ResourceLock(SourceWorld.LOCK)
class SourcesInTroubleTest {

    private static final SourceWorld WORLD = SourceWorld.shared();
    private static final Duration LONGER_THAN_A_KEY_SEALS = Duration.ofSeconds(61);
    private static final Duration LONGER_THAN_KMS_IS_LEFT_ALONE = Duration.ofSeconds(6);

    private final RunningLeash leash = WORLD.leash();
    private final SourceServer server = WORLD.server;
    private final TestOrganization acme = leash.founds();
    private final Env env = new Env(leash, acme);

    @BeforeEach
    void everythingIsWell() {
        WORLD.answersWith(0);
        WORLD.holds(Map.of("A", "1"));
        env.declare("A", "TYPED");
    }

    @Test
    void kmsThatIsAwayStopsOnlyWhatHasToBeSealed() throws IOException {
        String id = add("/env", 0);
        Env.done(env.set(env.nativeSource("Typed", "default"), "TYPED", "typed"), 200);
        assertThat(env.read("A").member("value")).isEqualTo("1");
        Path keyring = leash.dataDirectory().resolve("keyring");
        Path aside = leash.dataDirectory().resolve("keyring-aside");
        Files.move(keyring, aside);
        Files.createDirectory(keyring);
        try {
            leash.ticker().pass(LONGER_THAN_A_KEY_SEALS);
            assertThat(env.read("A").member("value")).isEqualTo("1");
            WORLD.holds(Map.of("A", "2"));
            LeashAnswer down = env.read("A");
            assertThat(down.outcome()).isEqualTo("503 secrets_unavailable");
            assertThat(down.header("Retry-After")).isNotNull();
            assertThat(env.read("TYPED").member("value")).isEqualTo("typed");
            assertThat(source(id).json().at("/sync/failingSince").isNull()).as("it is not the source's fault").isTrue();
        } finally {
            Files.delete(keyring);
            Files.move(aside, keyring);
            leash.ticker().pass(LONGER_THAN_KMS_IS_LEFT_ALONE);
        }
        Poll.until("what is new is taken in", () -> env.read("A").text().equals("{\"value\":\"2\"}"));
    }

    @Test
    void aHeldValueThatDoesNotOpenIsSealedAnew() {
        add("/env", 0);
        assertThat(env.read("A").member("value")).isEqualTo("1");
        spoil("env:A");
        assertThat(env.read("A").member("value")).isEqualTo("1");
    }

    @Test
    void whileTheLastAnswerMayBeServedNobodyWaitsForASourceThatFails() {
        String id = add("/env", 600);
        assertThat(env.read("A").member("value")).isEqualTo("1");
        WORLD.answersWith(500);
        assertThat(env.read("A").member("value")).isEqualTo("1");
        WORLD.answersWith(0);
        WORLD.holds(Map.of("A", "2"));
        CountDownLatch held = server.hold();
        try {
            String tried = source(id).json().at("/sync/triedAt").asString();
            assertThat(env.read("A").member("value")).isEqualTo("1");
            assertThat(source(id).json().at("/sync/triedAt").asString()).as("it is still being asked").isEqualTo(tried);
        } finally {
            held.countDown();
        }
        Poll.until("the new answer is there", () -> env.read("A").member("value").equals("2"));
    }

    @Test
    void whoJoinsAQuestionIsToldOfAKeyThatIsNewSince() throws Exception {
        add("/env", 0);
        assertThat(env.read("A").member("value")).isEqualTo("1");
        WORLD.holds(Map.of("A", "1", "B", "2"));
        int before = server.targets.size();
        CountDownLatch held = server.hold();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<LeashAnswer> first = readers.submit(() -> env.read("A"));
            Poll.until("the question is under way", () -> server.targets.size() > before);
            env.declare("A", "B");
            Future<LeashAnswer> second = readers.submit(() -> env.read("B"));
            Poll.until("both wait for it", () -> inProgress() >= 2);
            held.countDown();
            assertThat(first.get().member("value")).isEqualTo("1");
            assertThat(second.get().member("value")).isEqualTo("2");
        } finally {
            held.countDown();
        }
    }

    @Test
    void thoseWhoDemandAnAnswerAtOnceShareOne() throws Exception {
        String id = add("/env?of=demanded", 0);
        assertThat(env.read("A").member("value")).isEqualTo("1");
        long before = asked();
        CountDownLatch held = server.hold();
        try (ExecutorService owners = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<LeashAnswer>> syncs = Stream.generate(() -> owners.submit(() -> sync(id))).limit(8).toList();
            Poll.until("all of them wait", () -> inProgress() >= 8);
            held.countDown();
            for (Future<LeashAnswer> sync : syncs) {
                assertThat(sync.get().status()).isEqualTo(200);
            }
        } finally {
            held.countDown();
        }
        assertThat(asked() - before).as("the one under way, and the next, which the others share").isBetween(1L, 3L);
    }

    /** As a day of failures leaves it. */
    @Test
    void aNotificationThatCannotBeSignedIsGivenUpLikeAnyOther() {
        leash.client().put("/api/organization/notifications", "{\"url\": \"" + server.url() + "/told\", \"secret\": \""
                + SourceServer.SIGNING_SECRET + "\"}").key(acme.adminKey()).send();
        spoil("signing");
        add("/nothing", 0);
        assertThat(env.read("A").outcome()).isEqualTo("502 source_unreachable");
        jdbc().sql("update secrets.env_message set attempts = 12, due_at = now() where organization_id = ?")
                .param(acme.id().value()).update();
        Poll.until("it is given up", () -> jdbc()
                .sql("select count(*) from secrets.env_message where organization_id = ?").param(acme.id().value())
                .query(Integer.class).single() == 0);
    }

    private String add(String path, int staleSeconds) {
        return Env.done(env.add(SourceWorld.json("Ours", "webhook", Map.of("url", server.url() + path),
                SourceServer.SIGNING_SECRET, staleSeconds)), 201).member("id");
    }

    private LeashAnswer source(String id) {
        return leash.client().get(Env.SOURCES + "/" + id).key(acme.adminKey()).send();
    }

    private LeashAnswer sync(String id) {
        return leash.client().call("POST", Env.SOURCES + "/" + id + "/sync").key(acme.adminKey()).send();
    }

    private long asked() {
        return server.targets.stream().filter(target -> target.endsWith("?of=demanded")).count();
    }

    /** What is sealed for this purpose is not what it was. */
    private void spoil(String purpose) {
        int spoiled = jdbc().sql("""
                update secrets.sealed_secret set ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1)
                where organization_id = ? and purpose = ?
                """).params(acme.id().value(), purpose).update();
        assertThat(spoiled).isEqualTo(1);
    }

    /** How many requests are being answered just now. */
    private int inProgress() {
        return leash.bean(MeterRegistry.class).find("http.server.requests.active").longTaskTimers().stream()
                .mapToInt(LongTaskTimer::activeTasks).sum();
    }

    private JdbcClient jdbc() {
        return leash.bean(JdbcClient.class);
    }
}
