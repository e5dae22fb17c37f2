package build.leash.app.web.organization;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.LeashClient;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class PlanAndRolesTest {

    private static final String PLAN = "/api/organization/plan";
    private static final String SERVERS = "/api/organization/mcp-servers";
    private static final String KEYS = "/api/organization/api-keys";

    private final RunningLeash leash = RunningLeash.shared();
    private final LeashClient client = leash.client();
    private final TestOrganization acme = leash.founds();

    @Test
    void planChangesAreEffectiveAtOnce() {
        acme.register("echo", "t");

        assertThat(change("starter").json().get("customMcpServers").asBoolean()).isFalse();
        assertThat(acme.fetch("echo").outcome()).isEqualTo("402 upgrade_required");
        assertThat(change("scale").json().get("customMcpServers").asBoolean()).isTrue();
        assertThat(acme.fetch("echo").status()).isEqualTo(200);
        change("starter");
        assertThat(acme.fetch("echo").outcome()).isEqualTo("402 upgrade_required");
        change("growth");
        assertThat(acme.fetch("echo").status()).isEqualTo(200);
    }

    @Test
    void planIsShownInItsShape() {
        LeashAnswer answer = client.get(PLAN).key(acme.adminKey()).send();

        assertThat(LeashAnswer.names(answer.json())).containsExactly("plan", "since", "customMcpServers");
        assertThat(answer.member("plan")).isEqualTo("growth");
        assertThat(change("growth").json()).isEqualTo(answer.json());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|plan", "{'plan': 'gold'}|plan", "{'plan': 1}|plan", "{'plan': null}|plan",
            "{'plan': 'GROWTH'}|plan", "{'plan': 'scale', 'seats': '1'}|seats"})
    void plansThatDoNotExistAreRefused(String body, String field) {
        LeashAnswer answer = client.put(PLAN, body.replace('\'', '"')).key(acme.adminKey()).send();

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).containsOnlyKeys(field);
        assertThat(client.get(PLAN).key(acme.adminKey()).send().member("plan")).isEqualTo("growth");
    }

    /** Each role and each call: exactly what it may do succeeds. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void roleMayDoExactlyWhatItIsFor(Role role) {
        String key = acme.managementKey(role);
        acme.registerAll(List.of("shown", "changed", "rotated", "revoked"));
        String otherKey = client.post(KEYS, "{\"name\": \"x\"}").key(acme.adminKey()).send().member("id");
        boolean builds = role == Role.OWNER || role == Role.BUILDER;
        boolean owns = role == Role.OWNER;

        expect(true, key, client.get(SERVERS));
        expect(true, key, client.get(SERVERS + "/shown"));
        expect(true, key, client.get(KEYS));
        expect(true, key, client.get(PLAN));
        expect(builds, key, client.post(SERVERS, registration("new")));
        expect(builds, key, client.patch(SERVERS + "/changed", "{\"displayName\": \"x\"}"));
        expect(builds, key, client.post(SERVERS + "/rotated/rotate", "{\"token\": \"x\"}"));
        expect(builds, key, client.delete(SERVERS + "/revoked"));
        expect(owns, key, client.post(KEYS, "{\"name\": \"issued\"}"));
        expect(owns, key, client.delete(KEYS + "/" + otherKey));
        expect(owns, key, client.put(PLAN, "{\"plan\": \"scale\"}"));

        assertThat(effects(otherKey)).isEqualTo(List.of(builds, builds, builds, builds, owns, owns, owns));
    }

    /** Whether each of the writes above left its trace. */
    private List<Boolean> effects(String revokedKey) {
        JsonNode keys = client.get(KEYS).key(acme.adminKey()).send().json().get("items");
        return List.of(
                acme.fetch("new").status() == 200,
                acme.fetch("changed").json().at("/data/version").asInt() == 2,
                acme.fetch("rotated").json().at("/data/version").asInt() == 2,
                acme.fetch("revoked").status() == 404,
                keys.valueStream().anyMatch(key -> key.get("name").stringValue().equals("issued")),
                keys.valueStream().noneMatch(key -> key.get("id").stringValue().equals(revokedKey)),
                acmePlan() == Plan.SCALE);
    }

    private Plan acmePlan() {
        return Plan.of(client.get(PLAN).key(acme.adminKey()).send().member("plan"));
    }

    private void expect(boolean allowed, String key, LeashClient.Call call) {
        LeashAnswer answer = call.key(key).send();
        if (allowed) {
            assertThat(answer.status()).isBetween(200, 299);
        } else {
            assertThat(answer.outcome()).isEqualTo("403 forbidden");
        }
    }

    /** What may not be done is refused before anything is told about the plan or the slug. */
    @Test
    void roleIsCheckedBeforePlanAndSlug() {
        String viewer = acme.managementKey(Role.VIEWER);
        acme.plan(Plan.STARTER);
        Map<Role, String> outcomes = new EnumMap<>(Role.class);

        outcomes.put(Role.VIEWER, client.patch(SERVERS + "/nothing", "{}").key(viewer).send().outcome());
        outcomes.put(Role.OWNER, client.patch(SERVERS + "/nothing", "{}").key(acme.adminKey()).send().outcome());

        assertThat(outcomes).containsEntry(Role.VIEWER, "403 forbidden").containsEntry(Role.OWNER,
                "402 upgrade_required");
    }

    private LeashAnswer change(String plan) {
        return client.put(PLAN, "{\"plan\": \"" + plan + "\"}").key(acme.adminKey()).send();
    }

    private static String registration(String slug) {
        return "{\"slug\": \"" + slug + "\", \"url\": \"https://a.example/\", \"auth\": {\"type\": \"none\"}}";
    }
}
