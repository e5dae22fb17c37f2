package build.leash.app.audit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.access.api.Role;
import build.leash.app.audit.AuditReplays;
import build.leash.app.audit.ChildLeash;
import build.leash.app.audit.Figures;
import build.leash.app.audit.LongLog;
import build.leash.app.audit.Superuser;
import build.leash.app.support.BesideOthers;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * A large organization as an auditor sees it over HTTP, on a node with little memory that can open no secret.
 * {@code benchmarks/export} runs it with a million events.
 */
@BesideOthers
class ExportAtScaleTest {

    private static final long EVENTS = Long.getLong("leash.scale.events", 20_000);
    private static final int MAX_MEGABYTES = 400;
    private static final String AUDIT = "/api/organization/audit";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningLeash leash;
    private static TestOrganization organization;
    private static String auditor;
    private static ChildLeash node;

    @TempDir
    private static Path folder;

    /**
     * What was received.
     *
     * @param sha256 of the lines
     */
    private record Received(long events, String sha256) {}

    @BeforeAll
    static void fillTheLog() {
        leash = RunningLeash.start();
        organization = leash.founds();
        auditor = organization.managementKey(Role.AUDITOR);
        organization.register("sealed", "token");
        new LongLog(leash).write(EVENTS, organization.id());
        node = ChildLeash.start(leash, folder, "96m", "--server.port=0", "--leash.first-run=false");
    }

    @AfterAll
    static void stop() {
        node.close();
        leash.close();
    }

    @Test
    void exportsInLittleMemoryAndGoesOnAfterABreakWithoutGapOrRepeat() throws Exception {
        for (String format : new String[]{"jsonl", "cloudevents"}) {
            long start = System.nanoTime();
            Export whole = new Export(format);
            whole.receive("", Long.MAX_VALUE);
            double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            assertThat(whole.events).isGreaterThan(EVENTS);

            Export broken = new Export(format);
            broken.receive("&after=" + whole.firstCursor.replaceAll("\\..*", "") + ".0", EVENTS / 3);
            assertThat(broken.events).isEqualTo(EVENTS / 3);
            broken.receive("&after=" + broken.lastCursor, EVENTS / 3);
            broken.receive("&after=" + broken.lastCursor, Long.MAX_VALUE);

            assertThat(broken.received()).isEqualTo(whole.received());
            Figures.note("Export of " + EVENTS + " events as " + format, "events a second", whole.events / seconds);
        }
        Figures.note("Export of " + EVENTS + " events, whole process", "MB", node.peakMegabytes());
        assertThat(node.peakMegabytes()).isBetween(1L, (long) MAX_MEGABYTES);
    }

    /** A damaged leaf stands for whatever a database does: the events before it were sent when it is read. */
    @Test
    void anExportThatFailsInTheMiddleBreaksTheConnection() {
        JdbcClient superuser = Superuser.withoutTriggers(leash);
        String last = " where organization_id = '" + organization.id() + "' and organization_position = " + EVENTS;
        superuser.sql("create schema damaged").update();
        superuser.sql("create table damaged.leaf as select * from audit.leaf" + last).update();
        superuser.sql("update audit.leaf set hash = ''" + last).update();
        try {
            for (String format : new String[]{"jsonl", "cloudevents"}) {
                assertThatThrownBy(() -> new Export(format).receive("", Long.MAX_VALUE))
                        .isInstanceOf(IOException.class);
            }
        } finally {
            superuser.sql("update audit.leaf l set hash = d.hash from damaged.leaf d where l.position = d.position")
                    .update();
            superuser.sql("drop schema damaged cascade").update();
        }
    }

    @Test
    void aNodeThatCanOpenNoSecretReplaysAndTellsStates() {
        LeashAnswer handOff = node.client().get("/api/integrations/mcp-config/sealed").key(organization.appKey())
                .send();
        assertThat(handOff.outcome()).isEqualTo("503 secrets_unavailable");

        assertThat(AuditReplays.run(node.client(), auditor, false).get("identical").booleanValue()).isTrue();
        assertThat(get("/state?at=" + Instant.now()).text()).contains("\"sealed\"");
        assertThat(get("/events?server=sealed").json().get("items")).hasSize(1);
    }

    private static LeashAnswer get(String path) {
        LeashAnswer answer = node.client().get(AUDIT + path).key(auditor).send();
        assertThat(answer.outcome()).isEqualTo("200");
        return answer;
    }

    /** Keeps a hash of the event lines in place of them. */
    private static final class Export {

        private final String format;
        private final MessageDigest digest;
        private long events;
        private String firstCursor = "";
        private String lastCursor = "";

        Export(String format) throws NoSuchAlgorithmException {
            this.format = format;
            this.digest = MessageDigest.getInstance("SHA-256");
        }

        /** Ends the connection after so many events. */
        void receive(String parameters, long atMost) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(
                    URI.create(node.baseUrl() + AUDIT + "/export?format=" + format + parameters))
                    .header("X-API-Key", auditor).build();
            long limit = atMost == Long.MAX_VALUE ? atMost : events + atMost;
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
                assertThat(response.statusCode()).isEqualTo(200);
                try (BufferedReader lines = new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                    for (String line = lines.readLine(); line != null && events < limit; line = lines.readLine()) {
                        take(line);
                    }
                }
                client.shutdownNow();
            }
        }

        private void take(String line) {
            if (!format.equals("jsonl") || line.startsWith("{\"kind\":\"event\"")) {
                events++;
                digest.update(line.getBytes(StandardCharsets.UTF_8));
                lastCursor = JSON.readTree(line).get("cursor").stringValue();
                firstCursor = firstCursor.isEmpty() ? lastCursor : firstCursor;
            }
        }

        Received received() {
            return new Received(events, HexFormat.of().formatHex(digest.digest()));
        }
    }
}
