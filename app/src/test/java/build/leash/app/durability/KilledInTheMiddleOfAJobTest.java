package build.leash.app.durability;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.BesideOthers;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashProcess;
import build.leash.app.support.Poll;
import build.leash.secrets.kms.emulator.KmsEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * SIGKILL while keys are being changed. Leash runs with everything logged, so that its log shows what an operator who
 * wants to see everything makes it tell of its calls to KMS.
 */
@BesideOthers
class KilledInTheMiddleOfAJobTest {

    private static final int SERVERS = 16;
    private static final int PORT_LINE = 3;
    private static final String KEY = "/api/organization/encryption-key";

    private final KmsEmulator emulator = KmsEmulator.start();

    @TempDir
    private Path temporary;

    private LeashProcess leash;
    private String adminKey;
    private String apiKey;

    @BeforeEach
    void start() throws IOException {
        leash = LeashProcess.start(temporary.resolve("data"), temporary.resolve("leash.log"),
                "logging.level.root=debug", "leash.kms.provider=gcp", "leash.kms.gcp.key-ring=" + KmsEmulator.KEY_RING,
                "leash.kms.gcp.endpoint=" + emulator.endpoint(), "leash.kms.gcp.plaintext=true",
                "leash.secrets.poll-every=100ms", "leash.secrets.lease=2s", "leash.secrets.batch=5");
        JsonNode firstRun = JsonMapper.builder().build()
                .readTree(temporary.resolve("data/first-run.json").toFile());
        adminKey = firstRun.get("adminKey").stringValue();
        apiKey = firstRun.get("apiKey").stringValue();
        for (int server = 0; server < SERVERS; server++) {
            assertThat(leash.client().post("/api/organization/mcp-servers", """
                    {"slug": "s%d", "url": "https://mcp.example.com", "auth": {"type": "bearer", "token": "t~%d"}}
                    """.formatted(server, server)).key(adminKey).send().status()).isEqualTo(201);
        }
    }

    @AfterEach
    void stop() {
        leash.close();
        emulator.close();
    }

    @Test
    void theJobGoesOnWithNothingLostAndNothingDoneTwice() throws IOException {
        takeAndNoteTimeForEachRow(database());
        rotate("data-key");
        Poll.until("the job is amid its rows", () -> job("re-encrypt").get("done").asInt() >= SERVERS / 4);
        writesNoFrameOfKmsCalls();

        leash.killAndRestart();

        everyTokenIsThere();
        Poll.until("the job is done", () -> job("re-encrypt").get("state").stringValue().equals("done"));
        JdbcClient database = database();
        assertThat(database.sql("select count(*) from public.sealed_anew").query(Long.class).single())
                .isEqualTo(SERVERS);
        assertThat(database.sql("select count(distinct id) from public.sealed_anew").query(Long.class).single())
                .isEqualTo(SERVERS);
        assertThat(database.sql("select count(distinct data_key_id) from secrets.sealed_secret").query(Long.class)
                .single()).isEqualTo(1);
        assertThat(events(database)).containsExactly("secrets.encryption-key-assigned", "secrets.data-key-rotated",
                "secrets.secrets-reencrypted");
        assertThat(job("re-encrypt").get("done").asInt()).isEqualTo(SERVERS);
        everyTokenIsThere();

        aVersionThatIsBeingGeneratedIsNotAddedAgain();
    }

    private void aVersionThatIsBeingGeneratedIsNotAddedAgain() {
        String key = key().get("keyName").stringValue();
        emulator.holdGeneration(key);
        rotate("key");
        Poll.until("the new version is waited for", () -> !job("rewrap").get("error").isNull());
        leash.killAndRestart();
        emulator.finishGeneration(key);
        Poll.until("the job is done", () -> job("rewrap").get("state").stringValue().equals("done"));
        assertThat(key().get("versions")).hasSize(2);
        assertThat(key().get("primaryVersion").stringValue()).isEqualTo("2");
        everyTokenIsThere();
    }

    private void everyTokenIsThere() {
        for (int server = 0; server < SERVERS; server++) {
            LeashAnswer answer = leash.client().get("/api/integrations/mcp-config/s" + server).key(apiKey).send();
            assertThat(answer.json().at("/data/headers/Authorization").stringValue()).isEqualTo("Bearer t~" + server);
        }
    }

    private void writesNoFrameOfKmsCalls() {
        assertThat(leash.log()).contains("DEBUG ").doesNotContain("OUTBOUND DATA").doesNotContain("INBOUND DATA");
    }

    private void rotate(String what) {
        assertThat(leash.client().post(KEY + "/rotate", "{\"what\": \"" + what + "\"}").key(adminKey).send().status())
                .isEqualTo(200);
    }

    private JsonNode key() {
        LeashAnswer answer = leash.client().get(KEY).key(adminKey).send();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode job(String kind) {
        return key().get("jobs").valueStream().filter(job -> job.get("kind").stringValue().equals(kind)).findFirst()
                .orElseThrow();
    }

    private static List<String> events(JdbcClient database) {
        return database.sql("""
                select payload_type from eventstore.domain_event
                where aggregate_identifier like 'encryption-key:%' order by global_index
                """).query(String.class).list();
    }

    private static void takeAndNoteTimeForEachRow(JdbcClient database) {
        database.sql("create table public.sealed_anew (id uuid not null)").update();
        database.sql("""
                create function public.note() returns trigger language plpgsql security definer as
                $$ begin perform pg_sleep(0.15); insert into public.sealed_anew values (new.id); return new; end $$
                """).update();
        database.sql("""
                create trigger note before update of data_key_id on secrets.sealed_secret
                for each row execute function public.note()
                """).update();
    }

    /** The embedded server, as its superuser. */
    private JdbcClient database() throws IOException {
        Path data = temporary.resolve("data");
        String port = Files.readAllLines(data.resolve("pgdata/postmaster.pid")).get(PORT_LINE);
        return JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + port.strip() + "/leash",
                "postgres", Files.readAllLines(data.resolve("postgres.password")).getFirst()));
    }
}
