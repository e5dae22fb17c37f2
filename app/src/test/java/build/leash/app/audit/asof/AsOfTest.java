package build.leash.app.audit.asof;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.audit.Figures;
import build.leash.app.audit.RandomChanges;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A recorded history, told again. {@code -Dleash.as-of.commands=10000 -Dleash.as-of.moments=200} make it long. */
class AsOfTest {

    private static final int COMMANDS = Integer.getInteger("leash.as-of.commands", 400);
    private static final int MOMENTS = Integer.getInteger("leash.as-of.moments", 100);
    private static final Map<String, String> TABLES = new TreeMap<>(Map.of("servers", "registry.mcp_server", "apiKeys",
            "access.api_key", "members", "access.member", "plan", "billing.plan", "encryptionKeys",
            "secrets.encryption_key"));
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningLeash leash;
    private static TestOrganization organization;
    private static String auditor;

    @BeforeAll
    static void found() {
        leash = RunningLeash.shared();
        organization = leash.founds();
        auditor = organization.managementKey(Role.AUDITOR);
    }

    @Test
    void tellsEveryRecordedStateAndWhatChangedBetweenThem() throws IOException {
        RandomChanges changes = new RandomChanges(leash, organization, 5);
        Map<Instant, Map<String, List<JsonNode>>> history = new LinkedHashMap<>();
        for (int command = 0; command < COMMANDS; command++) {
            changes.change();
            if (command % (COMMANDS / MOMENTS) == 0 && history.size() < MOMENTS) {
                history.put(now(), liveState());
            }
        }
        assertThat(history).hasSize(MOMENTS);
        long start = System.nanoTime();
        history.forEach((moment, state) -> assertSame(state, get("/state?at=" + moment).get("state"), moment));
        Figures.note("State as of one of " + MOMENTS + " moments in " + COMMANDS + " commands", "ms",
                (System.nanoTime() - start) / 1e6 / MOMENTS);

        List<Instant> moments = new ArrayList<>(history.keySet());
        for (int i = 10; i < moments.size(); i += 10) {
            Instant from = moments.get(i - 10);
            Instant to = moments.get(i);
            JsonNode told = get("/changes?from=" + from + "&to=" + to);
            TABLES.keySet().forEach(subject -> {
                assertRows(told.get("removed").get(subject), minus(history.get(from), history.get(to), subject));
                assertRows(told.get("added").get(subject), minus(history.get(to), history.get(from), subject));
            });
        }
    }

    @Test
    void refusesWhatIsNoMoment() {
        for (String path : List.of("/state", "/state?at=yesterday", "/state?at=%2B12345-01-01T00:00:00Z",
                "/changes?from=-0001-01-01T00:00:00Z&to=2026-01-31T12:00:00Z", "/changes?from=x&to=y")) {
            assertThat(leash.client().get("/api/organization/audit" + path).key(auditor).send().outcome())
                    .isEqualTo("400 invalid_request");
        }
    }

    private static void assertSame(Map<String, List<JsonNode>> state, JsonNode told, Instant moment) {
        state.forEach((subject, rows) -> assertThat(told.get(subject).valueStream().toList())
                .as(subject + " at " + moment).containsExactlyInAnyOrderElementsOf(rows));
        assertThat(told.get("organization")).hasSize(1);
    }

    private static void assertRows(JsonNode told, List<JsonNode> expected) {
        assertThat(told == null ? List.<JsonNode>of() : told.valueStream().toList())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<JsonNode> minus(Map<String, List<JsonNode>> one, Map<String, List<JsonNode>> other,
            String subject) {
        List<JsonNode> rest = new ArrayList<>(one.get(subject));
        rest.removeAll(new HashSet<>(other.get(subject)));
        return rest;
    }

    private static Map<String, List<JsonNode>> liveState() {
        Map<String, List<JsonNode>> state = new LinkedHashMap<>();
        TABLES.forEach((subject, table) -> state.put(subject, leash.bean(JdbcClient.class)
                .sql("select (to_jsonb(t) - 'organization_id')::text from " + table + " t where organization_id = ?")
                .param(organization.id().value()).query((row, number) -> named(row.getString(1))).list()));
        return state;
    }

    private static JsonNode named(String row) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        JSON.readTree(row).propertyStream().forEach(member -> named.put(UNDERSCORE.matcher(member.getKey())
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT)), member.getValue()));
        return JSON.valueToTree(named);
    }

    /** A moment after everything before, and before everything after, in the milliseconds of the log. */
    private static Instant now() {
        Instant moment = Instant.now();
        Poll.until("the clock ticks", () -> Instant.now().isAfter(moment.plusMillis(2)));
        return moment;
    }

    private static JsonNode get(String path) {
        LeashAnswer answer = leash.client().get("/api/organization/audit" + path).key(auditor).send();
        assertThat(answer.outcome()).isEqualTo("200");
        return answer.json();
    }
}
