package build.leash.app.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.audit.ledger.Checkpoint;
import build.leash.app.audit.ledger.Hash;
import build.leash.app.audit.ledger.Ledger;
import build.leash.app.audit.ledger.ProofCheck;
import build.leash.app.audit.ledger.SealedEvent;
import build.leash.app.audit.ledger.SignedNote;
import build.leash.app.audit.ledger.VerifierKey;
import build.leash.app.audit.verify.VerifyCommand;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditApiTest {

    private static final String AUDIT = "/api/organization/audit";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningLeash leash;
    private static TestOrganization organization;
    private static String auditor;

    @TempDir
    private Path directory;

    @BeforeAll
    static void recordSomething() {
        leash = RunningLeash.shared();
        organization = leash.founds();
        auditor = organization.managementKey(Role.AUDITOR);
        TestOrganization other = leash.founds();
        for (int i = 0; i < 5; i++) {
            organization.register("server-" + i, "token-" + i);
            other.register("other-" + i, null);
        }
    }

    @Test
    void listsTheOrganizationsOwnEventsTheLatestFirst() {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            LeashAnswer page = get("/events?limit=4" + next);
            page.json().get("items").forEach(all::add);
            next = page.member("next") == null ? null : "&after=" + page.member("next");
        } while (next != null);

        assertThat(all).doesNotHaveDuplicates()
                .filteredOn(event -> event.at("/data/slug").asString("").matches("server-."))
                .extracting(event -> event.at("/data/slug").stringValue())
                .containsExactly("server-4", "server-3", "server-2", "server-1", "server-0");
        assertThat(all.getLast().get("type").stringValue()).isEqualTo("access.organization-founded");
        assertThat(all).allMatch(
                event -> event.at("/data/organizationId").stringValue().equals(organization.id().toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"type=registry.mcp-server-registered&server=server-2", "server=server-2",
            "server=server-2&actor=api-key:{admin}",
            "server=server-2&from=2020-01-01T00:00:00Z&to=2200-01-01T00:00:00Z"})
    void filtersByActorServerTypeAndTime(String filter) {
        JsonNode items = get("/events?" + filter.replace("{admin}", organization.adminKeyId())).json().get("items");

        assertThat(items).hasSize(1);
        assertThat(items.get(0).at("/data/slug").stringValue()).isEqualTo("server-2");
        assertThat(get("/events?" + filter.replace("{admin}", "x") + "&type=none").json().get("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events?from=yesterday", "/events?after=x", "/export?format=xml", "/export?after=7",
            "/export?after=1.9", "/consistency?from=x&to=2"})
    void refusesWhatIsNoSuchValue(String path) {
        assertThat(get(path).outcome()).isEqualTo("400 invalid_request");
    }

    @Test
    void provesASingleEvent() {
        String id = get("/events?server=server-3").json().at("/items/0/id").stringValue();
        JsonNode proven = get("/events/" + id).json();
        SealedEvent event = JSON.treeToValue(proven.get("event"), SealedEvent.class);
        Checkpoint checkpoint = Checkpoint.parse(SignedNote.open(proven.get("checkpoint").stringValue(),
                List.of(VerifierKey.parse(get("/checkpoint").member("verifierKey")))));
        List<Hash> path = proven.get("path").valueStream().map(hash -> Hash.ofBase64(hash.stringValue())).toList();

        assertThat(event.id()).isEqualTo(id);
        assertThat(ProofCheck.includes(event.hash(), proven.get("position").asLong(), checkpoint.size(), path,
                checkpoint.root())).isTrue();
        assertThat(leash.client().get(AUDIT + "/events/" + id).key(leash.founds().adminKey()).send().outcome())
                .isEqualTo("404 not_found");
    }

    @Test
    void exportsWhatAnAuditorVerifiesWithoutSeeingOthers() throws IOException {
        long earlier = get("/checkpoint").json().get("size").asLong();
        leash.founds();
        organization.register("later", null);
        List<String> lines = lines("/export");

        assertThat(String.join("", lines)).doesNotContain("other-1");
        assertThat(events(lines)).hasSizeGreaterThan(11);
        assertThat(verify(lines, checkpoint(0), checkpoint(earlier))).startsWith("Sound: " + events(lines).size());
        String third = events(lines).get(3);
        assertThat(verify(lines.stream().filter(line -> !line.equals(third)).toList(), checkpoint(0)))
                .contains("missing");
    }

    /** As documented: what stands behind the last event is dropped, and asked for again. */
    @Test
    void resumesAnExportWhereverItBrokeOffWithoutGapOrRepeat() throws IOException {
        for (int i = 0; i < 3; i++) {
            organization.register("broken-off-" + i, null);
            get("/checkpoint");
            leash.founds();
        }
        List<String> whole = lines("/export");
        List<String> kinds = whole.stream().map(AuditApiTest::kind).toList();
        assertThat(kinds).contains("export", "event", "others", "checkpoint", "end");
        Path signed = checkpoint(JSON.readTree(whole.getLast()).get("size").asLong());
        organization.managementKey(Role.VIEWER);
        for (String kind : Set.of("event", "others", "checkpoint", "end")) {
            int received = kinds.lastIndexOf(kind) + 1;
            List<String> resumed = new ArrayList<>(
                    whole.subList(0, kinds.subList(0, received).lastIndexOf("event") + 1));
            String cursor = JSON.readTree(resumed.getLast()).get("cursor").stringValue();
            resumed.addAll(lines("/export?after=" + cursor));

            assertThat(resumed).as("broken off after the kind " + kind).isEqualTo(whole);
            assertThat(verify(resumed, signed)).startsWith("Sound: ");
        }
    }

    @Test
    void exportsCloudEvents() {
        List<JsonNode> events = lines("/export?format=cloudevents").stream().map(JSON::readTree).toList();

        assertThat(events).hasSizeGreaterThanOrEqualTo(11).allSatisfy(event -> {
            assertThat(event.get("specversion").stringValue()).isEqualTo("1.0");
            assertThat(event.get("datacontenttype").stringValue()).isEqualTo("application/json");
            assertThat(event.at("/data/organizationId").stringValue()).isEqualTo(organization.id().toString());
            assertThat(event.propertyNames()).allMatch(name -> name.matches("[a-z0-9]{1,20}"));
        });
    }

    @Test
    void provesThatALaterCheckpointContinuesAnEarlierOne() {
        JsonNode earlier = get("/checkpoint").json();
        leash.founds();
        JsonNode later = get("/checkpoint").json();
        JsonNode proof = get("/consistency?from=" + earlier.get("size") + "&to=" + later.get("size")).json();

        assertThat(ProofCheck.isConsistent(earlier.get("size").asLong(), root(earlier), later.get("size").asLong(),
                root(later),
                proof.get("proof").valueStream().map(hash -> Hash.ofBase64(hash.stringValue())).toList())).isTrue();
        assertThat(get("/consistency?from=0&to=1").outcome()).isEqualTo("404 not_found");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void letsOnlyOwnersAndAuditorsIn(Role role) {
        String key = organization.managementKey(role);
        int expected = role == Role.OWNER || role == Role.AUDITOR ? 200 : 403;

        for (String path : List.of("/events", "/checkpoint", "/export")) {
            assertThat(leash.client().get(AUDIT + path).key(key).send().status()).as(path).isEqualTo(expected);
        }
    }

    private static LeashAnswer get(String path) {
        return leash.client().get(AUDIT + path).key(auditor).send();
    }

    private static List<String> lines(String path) {
        LeashAnswer answer = get(path);
        assertThat(answer.outcome()).isEqualTo("200");
        return answer.text().lines().toList();
    }

    private static String kind(String line) {
        return JSON.readTree(line).get("kind").stringValue();
    }

    private static List<String> events(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("{\"kind\":\"event\"")).collect(Collectors.toList());
    }

    /** @param size 0 for the latest one */
    private Path checkpoint(long size) throws IOException {
        Ledger ledger = leash.bean(Ledger.class);
        var found = size == 0 ? ledger.latestCheckpoint() : ledger.checkpoint(size);
        return Files.writeString(directory.resolve("checkpoint-" + size), found.orElseThrow().note());
    }

    private String verify(List<String> lines, Path... checkpoints) throws IOException {
        Path export = Files.write(directory.resolve("export.jsonl"), lines);
        List<String> arguments = new ArrayList<>(
                List.of(export.toString(), "--key", leash.bean(Ledger.class).verifierKey()));
        for (Path checkpoint : checkpoints) {
            arguments.addAll(List.of("--checkpoint", checkpoint.toString()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new VerifyCommand(new PrintStream(out, true)).run(arguments);
        return out.toString();
    }

    private static Hash root(JsonNode checkpoint) {
        return Checkpoint.parse(checkpoint.get("checkpoint").stringValue()).root();
    }
}
