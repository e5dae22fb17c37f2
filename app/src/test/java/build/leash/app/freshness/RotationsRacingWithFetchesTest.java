package build.leash.app.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RotationsRacingWithFetchesTest {

    private static final int ROTATIONS = 1_000;
    private static final int FETCHES = 1_000;
    private static final int MAX_TRIES = 10;

    private final RunningLeash leash = RunningLeash.shared();
    private final TestOrganization organization = leash.founds();

    /** Times are of {@link System#nanoTime}, read before the request was sent and after its answer had come. */
    private record Seen(long begun, long ended, long version, String token) {}

    @Test
    void noFetchThatBeganAfterARotationWasAcknowledgedSeesAnOlderToken() throws Exception {
        organization.register("raced", "token-0");
        List<Seen> rotations = new ArrayList<>();
        List<Seen> fetches = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Seen>> racing = new ArrayList<>();
            for (int i = 1; i <= ROTATIONS; i++) {
                String token = "token-" + i;
                racing.add(executor.submit(() -> timed(() -> rotate(token))));
                racing.add(executor.submit(() -> timed(this::fetch)));
            }
            for (int i = 0; i < racing.size(); i++) {
                (i % 2 == 0 ? rotations : fetches).add(racing.get(i).get());
            }
        }

        assertThat(rotations).extracting(Seen::version)
                .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(2, ROTATIONS + 1).boxed().toList());
        assertThat(fetches).hasSize(FETCHES).allSatisfy(fetch -> {
            long newestAcknowledged = rotations.stream().filter(rotation -> rotation.ended() < fetch.begun())
                    .mapToLong(Seen::version).max().orElse(1);
            assertThat(fetch.version()).isGreaterThanOrEqualTo(newestAcknowledged);
            assertThat(fetch.token()).isEqualTo(tokenOf(fetch.version(), rotations));
        });
    }

    @Test
    void ofTwoRegistrationsOfOneSlugAtOnceExactlyOneSucceeds() throws Exception {
        for (int round = 0; round < 20; round++) {
            String slug = "twice-" + round;
            assertThat(atOnce(() -> registration(slug).outcome(), 2))
                    .containsExactlyInAnyOrder("201", "409 slug_taken");
        }
    }

    @Test
    void anAcknowledgedRevocationIsSeenByEveryLaterFetch() throws Exception {
        for (int round = 0; round < 20; round++) {
            String slug = "revoked-" + round;
            organization.register(slug, "token");
            assertThat(organization.fetch(slug).status()).isEqualTo(200);
            leash.client().delete("/api/organization/mcp-servers/" + slug).key(organization.adminKey()).send();
            assertThat(atOnce(() -> organization.fetch(slug).outcome(), 8))
                    .containsOnly("404 unknown_mcp_server");
        }
    }

    private LeashAnswer registration(String slug) {
        return leash.client().post("/api/organization/mcp-servers", """
                {"slug": "%s", "url": "https://mcp.example.com", "auth": {"type": "bearer", "token": "t"}}
                """.formatted(slug)).key(organization.adminKey()).send();
    }

    /** Empty if there was too much to do just then: 503, and nothing was changed. */
    private Optional<Seen> rotate(String token) {
        LeashAnswer answer = leash.client()
                .post("/api/organization/mcp-servers/raced/rotate", "{\"token\": \"" + token + "\"}")
                .key(organization.adminKey()).send();
        return unlessBusy(answer, () -> new Seen(0, 0, answer.json().get("version").asLong(), token));
    }

    private Optional<Seen> fetch() {
        LeashAnswer answer = organization.fetch("raced");
        return unlessBusy(answer, () -> new Seen(0, 0, answer.json().at("/data/version").asLong(),
                answer.json().at("/data/headers/Authorization").stringValue().substring("Bearer ".length())));
    }

    private static Optional<Seen> unlessBusy(LeashAnswer answer, Supplier<Seen> seen) {
        if (answer.status() == 503) {
            return Optional.empty();
        }
        assertThat(answer.status()).isEqualTo(200);
        return Optional.of(seen.get());
    }

    /** Tries as often as the server is busy, as a client does; the time is that of the try that succeeded. */
    private static Seen timed(Callable<Optional<Seen>> call) throws Exception {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            long begun = System.nanoTime();
            Optional<Seen> seen = call.call();
            if (seen.isPresent()) {
                return new Seen(begun, System.nanoTime(), seen.get().version(), seen.get().token());
            }
        }
        throw new AssertionError("Busy " + MAX_TRIES + " times");
    }

    private static String tokenOf(long version, List<Seen> rotations) {
        return rotations.stream().filter(rotation -> rotation.version() == version).map(Seen::token).findFirst()
                .orElse("token-0");
    }

    private static <T> List<T> atOnce(Callable<T> call, int times) throws InterruptedException, ExecutionException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : executor.invokeAll(IntStream.range(0, times).mapToObj(i -> call).toList())) {
                results.add(result.get());
            }
            return results;
        }
    }
}
