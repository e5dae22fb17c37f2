package build.leash.app.durability;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.BesideOthers;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.LeashProcess;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BesideOthers
class KilledInTheMiddleOfWritesTest {

    private static final int KILLS = 20;
    private static final int WRITERS = 4;
    private static final int MAX_WRITES_BETWEEN_KILLS = 60;
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path temporary;

    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    void keepsEveryAcknowledgedWriteAndNothingHalfDone() throws InterruptedException {
        Path data = temporary.resolve("data");
        List<Writer> writers;
        JsonNode firstRun;
        try (LeashProcess leash = LeashProcess.start(data, temporary.resolve("leash.log"))) {
            firstRun = JsonMapper.builder().build().readTree(data.resolve("first-run.json").toFile());
            String adminKey = firstRun.get("adminKey").stringValue();
            writers = IntStream.range(0, WRITERS)
                    .mapToObj(n -> new Writer("w" + n, leash::client, adminKey, acknowledged)).toList();
            List<Thread> threads = writers.stream().map(Thread.ofVirtual()::start).toList();
            killAgainAndAgain(leash);
            writers.forEach(Writer::stop);
            for (Thread thread : threads) {
                thread.join();
            }
            String apiKey = firstRun.get("apiKey").stringValue();
            writers.forEach(writer -> writer.possible().forEach(
                    (slug, tokens) -> assertThat(tokenOf(leash.client(), apiKey, slug)).as(slug).isIn(tokens)));
        }
        try (RunningLeash leash = RunningLeash.on(data)) {
            readModelsEqualTheirRebuild(leash);
            everyCiphertextBelongsToAnEvent(leash.bean(JdbcClient.class));
        }
    }

    private void killAgainAndAgain(LeashProcess leash) {
        Random random = new Random(20);
        for (int kill = 0; kill < KILLS; kill++) {
            int then = acknowledged.get() + 1 + random.nextInt(MAX_WRITES_BETWEEN_KILLS);
            Poll.until(RECOVERY_LIMIT, "writes go on after kill " + kill, () -> acknowledged.get() >= then);
            if (kill % 2 == 0) {
                leash.killAndRestart();
            } else {
                leash.killPostgres();
            }
        }
        int then = acknowledged.get() + WRITERS;
        Poll.until(RECOVERY_LIMIT, "writes go on after the last kill", () -> acknowledged.get() >= then);
    }

    private static Optional<String> tokenOf(LeashClient leash, String apiKey, String slug) {
        LeashAnswer answer = leash.get("/api/integrations/mcp-config/" + slug).key(apiKey).send();
        if (answer.status() == 404) {
            return Optional.empty();
        }
        assertThat(answer.status()).isEqualTo(200);
        return Optional.of(answer.json().at("/data/headers/Authorization").stringValue().substring("Bearer ".length()));
    }

    private static void readModelsEqualTheirRebuild(RunningLeash leash) {
        ReadModelRebuild.Comparison comparison = new ReadModelRebuild(leash).compare();
        assertThat(comparison.events()).isGreaterThan(KILLS);
        comparison.live().forEach(
                (table, rows) -> assertThat(comparison.rebuilt().get(table)).as(table).isEqualTo(rows));
        assertThat(comparison.live().get("config.endpoint")).isNotEmpty();
    }

    private static void everyCiphertextBelongsToAnEvent(JdbcClient jdbc) {
        Set<String> sealed = Set.copyOf(
                jdbc.sql("select id::text from secrets.sealed_secret").query(String.class).list());
        Set<String> recorded = Set.copyOf(jdbc.sql("""
                select convert_from(payload, 'UTF8')::jsonb #>> '{bearer,id}' from eventstore.domain_event
                where payload_type in ('registry.mcp-server-registered', 'registry.bearer-rotated')
                """).query(String.class).list());
        assertThat(sealed).isEqualTo(recorded);
    }
}
