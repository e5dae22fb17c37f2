package build.leash.app.web.organization;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.DisplayName;
import build.leash.access.api.Role;
import build.leash.app.support.LeashAnswer;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ApiKeysTest {

    private static final String PATH = "/api/organization/api-keys";
    private static final String FETCH = "/api/integrations/mcp-config/echo";

    private final RunningLeash leash = RunningLeash.shared();
    private final TestOrganization acme = leash.founds();

    @Test
    void valueIsShownOnce() {
        LeashAnswer issued = issue("{\"name\": \"Web shop\"}");
        String value = issued.member("value");

        assertThat(issued.status()).isEqualTo(201);
        assertThat(LeashAnswer.names(issued.json())).containsExactly("id", "kind", "name", "role", "slugs",
                "createdAt", "createdBy", "expiresAt", "app", "value");
        assertThat(issued.header("Location")).isEqualTo(PATH + "/" + issued.member("id"));
        assertThat(value).matches("lsk_live_[0-9A-Za-z]{49}");
        assertThat(issued.member("createdBy")).isEqualTo("api-key:" + acme.adminKeyId());
        LeashAnswer list = list("");
        assertThat(list.text()).contains(issued.member("id")).doesNotContain(value, value.substring(9, 30), "value");
    }

    @Test
    void everyKeyIsAnother() {
        assertThat(issue("{\"name\": \"a\"}").member("value")).isNotEqualTo(issue("{\"name\": \"a\"}").member("value"));
    }

    @Test
    void newKeyWorksAtOnceAndRevokedOneNoMore() {
        acme.register("echo", "t");
        LeashAnswer issued = issue("{\"name\": \"app\", \"kind\": \"app\"}");

        assertThat(fetch(issued.member("value")).status()).isEqualTo(200);
        assertThat(revoke(issued.member("id")).status()).isEqualTo(204);

        assertThat(fetch(issued.member("value")).outcome()).isEqualTo("401 invalid_api_key");
        assertThat(revoke(issued.member("id")).outcome()).isEqualTo("404 unknown_api_key");
        assertThat(list("").text()).doesNotContain(issued.member("id"));
    }

    @Test
    void expiredKeyIsRefused() {
        acme.register("echo", "t");
        String value = issue("{\"name\": \"short\", \"expiresAt\": \"" + Instant.now().plusMillis(1500) + "\"}")
                .member("value");

        assertThat(fetch(value).status()).isEqualTo(200);
        Poll.until("the key has expired", () -> fetch(value).status() != 200);
        assertThat(fetch(value).outcome()).isEqualTo("401 invalid_api_key");
    }

    @Test
    void expiredKeysMakeRoomForOthers() {
        ApiKeys keys = leash.bean(ApiKeys.class);
        ApiKeyRequest expired = new ApiKeyRequest(ApiKeyKind.APP, DisplayName.of("expired"), null, null,
                Instant.now().minusSeconds(60));
        String first = keys.issue(acme.owner(), expired).key().id().toString();
        String second = keys.issue(acme.owner(), expired).key().id().toString();
        assertThat(list("").text()).contains(second).doesNotContain(first);

        issue("{\"name\": \"x\"}");
        assertThat(list("").text()).doesNotContain(second);
        assertThat(leash.client().get("/api/organization/audit/events?actor=system:api-key-expiry").key(acme.adminKey())
                .send().json().get("items")).hasSize(2);
    }

    @Test
    void limitedKeyKnowsItsSlugs() {
        LeashAnswer issued = issue("{\"name\": \"limited\", \"slugs\": [\"b\", \"a\", \"b\"]}");

        assertThat(issued.json().get("slugs").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(fetch(issued.member("value")).outcome()).isEqualTo("403 not_allowed");
    }

    @Test
    void managementKeyIsAnOwnersUnlessItIsGivenARole() {
        LeashAnswer owner = issue("{\"name\": \"m\", \"kind\": \"management\"}");
        LeashAnswer viewer = issue("{\"name\": \"m\", \"kind\": \"management\", \"role\": \"viewer\"}");

        assertThat(owner.member("role")).isEqualTo("owner");
        assertThat(owner.member("value")).startsWith("lsk_admin_");
        assertThat(viewer.member("role")).isEqualTo("viewer");
        assertThat(leash.client().post(PATH, "{\"name\": \"x\"}").key(viewer.member("value")).send().outcome())
                .isEqualTo("403 forbidden");
    }

    @Test
    void managementKeyCanRevokeItself() {
        LeashAnswer issued = issue("{\"name\": \"m\", \"kind\": \"management\"}");
        String key = issued.member("value");

        assertThat(leash.client().delete(PATH + "/" + issued.member("id")).key(key).send().status()).isEqualTo(204);
        assertThat(leash.client().get(PATH).key(key).send().outcome()).isEqualTo("401 invalid_api_key");
    }

    @Test
    void appKeyIsForbiddenOnTheWriteSideAndUnknownOneIsInvalid() {
        assertThat(leash.client().get(PATH).key(acme.appKey()).send().outcome()).isEqualTo("403 forbidden");
        assertThat(leash.client().get(PATH).key("lsk_admin_x").send().outcome()).isEqualTo("401 invalid_api_key");
        assertThat(leash.client().get(PATH).key("lsk_live_x").send().outcome()).isEqualTo("401 invalid_api_key");
        assertThat(leash.client().get(PATH).send().outcome()).isEqualTo("401 api_key_required");
        assertThat(leash.client().get(PATH).send().header("WWW-Authenticate")).contains("X-API-Key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{}                                                                   | name",
            "{'name': ''}                                                         | name",
            "{'name': 'x', 'kind': 'root'}                                        | kind",
            "{'name': 'x', 'role': 'owner'}                                       | role",
            "{'name': 'x', 'kind': 'management', 'role': 'king'}                  | role",
            "{'name': 'x', 'kind': 'management', 'slugs': ['a']}                  | slugs",
            "{'name': 'x', 'slugs': []}                                           | slugs",
            "{'name': 'x', 'slugs': ['A']}                                        | slugs",
            "{'name': 'x', 'slugs': 'a'}                                          | slugs",
            "{'name': 'x', 'slugs': [1]}                                          | slugs",
            "{'name': 'x', 'slugs': [null]}                                       | slugs",
            "{'name': 'x', 'expiresAt': '2001-01-01T00:00:00Z'}                   | expiresAt",
            "{'name': 'x', 'expiresAt': '2100-01-01'}                             | expiresAt",
            "{'name': 'x', 'expiresAt': '+10000-01-01T00:00:00Z'}                 | expiresAt",
            "{'name': 'x', 'expiresAt': '+1000000000-12-31T23:59:59.999999999Z'}  | expiresAt",
            "{'name': 'x', 'expiresAt': 4102444800}                               | expiresAt",
            "{'name': 'x', 'value': 'mine'}                                       | value",
            "{'name': 1, 'kind': 2, 'role': 3, 'slugs': 4, 'expiresAt': 5}        | name kind role slugs expiresAt"})
    void requestsThatBreakRulesAreRefused(String body, String fields) {
        LeashAnswer answer = issue(body.replace('\'', '"'));

        assertThat(answer.outcome()).isEqualTo("400 invalid_request");
        assertThat(answer.violations()).containsOnlyKeys(fields.split(" "));
    }

    @Test
    void latestExpiryThatThereIsIsKept() {
        assertThat(issue("{\"name\": \"x\", \"expiresAt\": \"9999-12-31T23:59:59Z\"}").member("expiresAt"))
                .isEqualTo("9999-12-31T23:59:59Z");
    }

    @ParameterizedTest
    @CsvSource({"x", "00000000-0000-0000-0000-000000000000", "1-1-1-1-1", "%20", "a.b"})
    void idsThatAreNoneAreUnknown(String id) {
        assertThat(revoke(id).outcome()).isEqualTo("404 unknown_api_key");
    }

    @Test
    void pagesCoverEveryKeyOnce() {
        for (int i = 0; i < 5; i++) {
            acme.managementKey(Role.VIEWER);
        }
        Set<String> seen = new HashSet<>();
        String next = "";
        int pages = 0;
        do {
            JsonNode page = list("?limit=2" + next).json();
            page.get("items").forEach(key -> assertThat(seen.add(key.get("id").stringValue())).isTrue());
            next = page.get("next").isNull() ? null : "&after=" + page.get("next").stringValue();
            pages++;
        } while (next != null);

        assertThat(seen).hasSize(7).containsAll(List.of(acme.adminKeyId(), acme.appKeyId()));
        assertThat(pages).isEqualTo(4);
        assertThat(list("?after=nonsense").violations()).containsOnlyKeys("after");
    }

    private LeashAnswer issue(String body) {
        return leash.client().post(PATH, body).key(acme.adminKey()).send();
    }

    private LeashAnswer list(String query) {
        return leash.client().get(PATH + query).key(acme.adminKey()).send();
    }

    private LeashAnswer revoke(String id) {
        return leash.client().delete(PATH + "/" + id).key(acme.adminKey()).send();
    }

    private LeashAnswer fetch(String key) {
        return leash.client().get(FETCH).key(key).send();
    }
}
